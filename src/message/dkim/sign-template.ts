import type { Reader } from '../../subscriber/index.ts'
import type { MessageTemplate } from '../compile-message.ts'
import type { Message } from '../message.ts'
import { proveSigner } from './prove.ts'
import type { Signer } from './signer.ts'

/**
 * Fills a template and signs what comes out. The first message proves the keys; until then nobody gets one.
 *
 * @returns gives one reader's message; rejects with AppError `message/dkim-not-proved`, `message/dkim-not-aligned` or
 * what filling throws, and never gives an unsigned one.
 */
export function signTemplate(
  template: MessageTemplate,
  signer: Signer,
): (reader: Reader, date: Date) => Promise<Message> {
  let proof: Promise<void> | undefined
  return async (reader, date) => {
    const message = template.fill(reader, date)
    await (proof ??= proveSigner(signer, message))
    return await signer.sign(message)
  }
}
