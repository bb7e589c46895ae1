import { type CommandContext, defineCommand, type ExitCode, type OptionValues } from './command.ts'
import { GOING_ON, WHEN_CUT } from './delivery/flags.ts'

export const send = defineCommand({
  name: 'send',
  arguments: '<issue>',
  summary: 'mail an issue to the list, or go on with it',
  description:
    'Shows the plan, asks for the name of the issue, freezes content and readers, and mails them. Run again it goes on where it stopped: nobody is mailed twice. With `--at` it is frozen now and sent then, by this process or by a running `serve`. Without SMTP settings everything goes into the embedded inbox (data/inbox/), and nobody receives it.',
  options: [
    { flags: '--segment <query>', summary: 'only these readers: tag:NAME (default: the audience of the issue)' },
    { flags: '--yes', summary: 'do not ask' },
    {
      flags: '--force',
      summary: 'send although it has errors, was never test-sent or is a day late; the ledger keeps that',
    },
    { flags: '--new-readers', summary: 'also those who joined since it was approved' },
    { flags: '--at <time>', summary: "start then: '2026-11-27 08:00', '08:00', with an offset, or now" },
    ...GOING_ON,
  ],
  examples: [
    { command: 'send 2024-w11-llm-papers', does: 'mail the list' },
    { command: 'send 2024-w11-llm-papers --segment tag:beta --yes', does: 'mail some of it, from a script' },
    { command: "send 2024-w11-llm-papers --at '2026-11-27 08:00'", does: 'approve now, mail then' },
  ],
  whenCut: WHEN_CUT,
  run: runSend,
})

async function runSend(
  context: CommandContext,
  [name = '']: readonly string[],
  options: OptionValues,
): Promise<ExitCode> {
  const [{ sendIssue }, { readFlags }] = await Promise.all([
    import('./delivery/send-issue.ts'),
    import('./delivery/read-flags.ts'),
  ])
  return await sendIssue(context, name, readFlags(context, options))
}
