import { AppError } from '../../base/index.ts'
import { type CommandContext, defineCommand, EXIT, type ExitCode } from '../command.ts'
import { unknownSubscriber } from '../errors.ts'
import { readEmail, withList } from './open-list.ts'

export const removeReader = defineCommand({
  name: 'remove',
  arguments: '<email>',
  summary: 'take one reader off the list',
  description:
    'Unsubscribes a reader for them: no further issue goes out to the address. The address stays in the store, marked as unsubscribed, so that no later import brings it back.',
  options: [],
  examples: [{ command: 'subscribers remove ada@example.com', does: 'for somebody who asked you by mail' }],
  run: runRemove,
})

async function runRemove(context: CommandContext, [given = '']: readonly string[]): Promise<ExitCode> {
  const { terminal, json } = context
  const email = readEmail(given)
  const result = await withList(context, async (store) => await store.remove(email))
  if (result === 'unknown') {
    throw new AppError(unknownSubscriber.code, unknownSubscriber.message(email), {
      kind: 'usage',
      hint: unknownSubscriber.hint(),
    })
  }
  if (json) terminal.out(JSON.stringify({ version: 1, result }))
  else if (result === 'left') terminal.out(`Removed ${email}: no further issue, and no import brings the address back.`)
  else terminal.out(`${email} gets no mail already. Nothing was changed.`)
  return EXIT.done
}
