import { AppError } from '../base/index.ts'
import { type CommandContext, defineCommand, type ExitCode, type OptionValues, textOption } from './command.ts'

const WAIT_MS = 30 * 60_000

export const send = defineCommand({
  name: 'send',
  arguments: '<issue>',
  summary: 'mail an issue to the list, or go on with it',
  description:
    'Shows the plan, asks for the name of the issue, freezes content and readers, and mails them. Run again it goes on where it stopped: nobody is mailed twice. Without SMTP settings everything goes into the embedded inbox (data/inbox/), and nobody receives it.',
  options: [
    { flags: '--segment <query>', summary: 'only these readers: tag:NAME (default: the audience of the issue)' },
    { flags: '--yes', summary: 'do not ask' },
    { flags: '--force', summary: 'send although it has errors or was never test-sent; the ledger keeps that' },
    { flags: '--new-readers', summary: 'also those who joined since it was approved' },
    {
      flags: '--wait <duration>',
      summary: 'how long to wait for what the server deferred: 90s, 30m, 2h (default: 30m)',
    },
    {
      flags: '--unknown <what>',
      summary: 'messages that may or may not have arrived (default: ask on a terminal, else skip)',
      choices: ['ask', 'resend', 'skip'],
    },
    { flags: '--strict', summary: 'end with 3 when a reader was refused for good' },
  ],
  examples: [
    { command: 'send 2024-w11-llm-papers', does: 'mail the list' },
    { command: 'send 2024-w11-llm-papers --segment tag:beta --yes', does: 'mail some of it, from a script' },
  ],
  whenCut: 'Ended at once: what was in flight is in doubt. `letterpress status` shows it.',
  run: runSend,
})

async function runSend(
  context: CommandContext,
  [name = '']: readonly string[],
  options: OptionValues,
): Promise<ExitCode> {
  const [{ sendIssue }, { badDuration, parseDuration }] = await Promise.all([
    import('./delivery/send-issue.ts'),
    import('../delivery/index.ts'),
  ])
  const wait = textOption(options, 'wait')
  const waitMs = wait === undefined ? WAIT_MS : parseDuration(wait)
  if (waitMs === undefined) {
    throw new AppError(badDuration.code, badDuration.message(wait ?? ''), { kind: 'usage', hint: badDuration.hint() })
  }
  const segment = textOption(options, 'segment')
  return await sendIssue(context, name, {
    ...(segment === undefined ? {} : { segment }),
    isYes: options['yes'] === true,
    isForced: options['force'] === true,
    withNewReaders: options['newReaders'] === true,
    waitMs,
    unknown: readUnknown(textOption(options, 'unknown'), context.terminal.ask !== undefined),
    isStrict: options['strict'] === true,
  })
}

// Where nobody can be asked, asking means leaving them alone.
function readUnknown(given: string | undefined, canAsk: boolean): 'ask' | 'resend' | 'skip' {
  if (given === 'resend' || given === 'skip') return given
  return canAsk ? 'ask' : 'skip'
}
