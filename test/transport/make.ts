import { onTestFinished } from 'vitest'
import { parseAddress } from '../../src/base/index.ts'
import type { Message } from '../../src/message/index.ts'
import { type Attempt, type Handover, openSmtp, type SmtpOptions, type Transport } from '../../src/transport/index.ts'

export const READER = 'lucia.ibanez@example.com'

/** A message with these bytes, which need not be mail. */
export function makeMessage(raw: string | Buffer = 'Subject: hi\r\n\r\nhello\r\n', to = READER): Message {
  const [from, address] = [parseAddress('ada@news.example.com'), parseAddress(to)]
  if (!from || !address) throw new TypeError(`no address: ${to}`)
  return {
    envelope: { from, to: address },
    raw: Buffer.from(raw),
    messageId: '<4711@news.example.com>',
    readerId: 'lucia-ibanez',
  }
}

/** A transport to a local port, closed when the test ends. */
export function connect(port: number, options: Partial<SmtpOptions> & { readonly login?: string } = {}): Transport {
  const { login, ...rest } = options
  const url = `smtp://${login ? `${login}@` : ''}127.0.0.1:${port}`
  const transport = openSmtp({ url, connections: 1, timeoutMs: 5000, ...rest })
  onTestFinished(() => transport.close())
  return transport
}

/** Messages handed over at the same time. */
export async function sendMany(transport: Transport, count: number, handover?: Handover): Promise<Attempt[]> {
  return await Promise.all(Array.from({ length: count }, async () => await transport.send(makeMessage(), handover)))
}
