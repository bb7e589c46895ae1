import { AppError } from '../../base/index.ts'
import { otherTransport, type Run, serverRefuses } from '../../delivery/index.ts'
import type { Transport } from '../../transport/index.ts'
import { EXIT, type ExitCode } from '../command.ts'
import type { SendJob } from './job.ts'

/** Logs in before anything is frozen or sent. @throws AppError `delivery/server-refuses` */
export async function withTransport(
  { app, context, terminal }: SendJob,
  work: (transport: Transport) => Promise<ExitCode>,
): Promise<ExitCode> {
  const { signal } = context
  const transport = await app.openTransport()
  const cut = () => transport.destroy()
  try {
    signal.addEventListener('abort', cut, { once: true })
    const { kind, text } = await transport.probe()
    signal.removeEventListener('abort', cut)
    if (signal.aborted) {
      terminal.err('Nothing was sent.')
      return EXIT.interrupted
    }
    if (kind !== 'accepted') {
      throw new AppError(serverRefuses.code, serverRefuses.message(transport.place, text), {
        kind: 'environment',
        hint: serverRefuses.hint(),
      })
    }
    return await work(transport)
  } finally {
    await transport.close()
  }
}

/**
 * A run goes on over what it was approved for: SMTP without a server would count readers as served.
 *
 * @throws AppError `delivery/other-transport`
 */
export function assertTransport({ app }: SendJob, { issueId, transport }: Run): void {
  if (transport === 'inbox' || app.config.smtp.url !== undefined) return
  throw new AppError(otherTransport.code, otherTransport.message(issueId), {
    kind: 'usage',
    hint: otherTransport.hint(),
  })
}
