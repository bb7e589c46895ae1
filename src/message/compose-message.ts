import type { Rendered } from '../render/index.ts'
import type { Reader } from '../subscriber/index.ts'
import { compileMessage } from './compile-message.ts'
import type { ComposeOptions, Message } from './message.ts'

/**
 * The complete message as one reader gets it: text and HTML, local images inside, list headers, an unsubscribe
 * link of the reader's own. What a template filled for a whole list gives, byte for byte.
 *
 * @throws AppError `message/unsubscribe-not-https`, `message/line-too-long`
 */
export async function composeMessage(rendered: Rendered, reader: Reader, options: ComposeOptions): Promise<Message> {
  return compileMessage(rendered, options).fill(reader, options.date)
}
