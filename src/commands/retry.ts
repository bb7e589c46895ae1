import { type CommandContext, defineCommand, type ExitCode, type OptionValues } from './command.ts'
import { GOING_ON, WHEN_CUT } from './delivery/flags.ts'

export const retry = defineCommand({
  name: 'retry',
  arguments: '<issue>',
  summary: 'try again those who were refused',
  description:
    'Mails the readers whose delivery failed once more; those whose address is suppressed by now are skipped. With `--unknown resend` also those who may have got it: some of them will get it twice.',
  options: GOING_ON,
  examples: [
    { command: 'retry 2024-w11-llm-papers', does: 'after what made the server refuse is mended' },
    { command: 'retry 2024-w11-llm-papers --unknown resend', does: 'also what may or may not have arrived' },
  ],
  whenCut: WHEN_CUT,
  run: runRetry,
})

async function runRetry(
  context: CommandContext,
  [name = '']: readonly string[],
  options: OptionValues,
): Promise<ExitCode> {
  const [{ withRun }, { retrySend }, { readFlags }] = await Promise.all([
    import('./delivery/levers.ts'),
    import('./delivery/go-on.ts'),
    import('./delivery/read-flags.ts'),
  ])
  const flags = readFlags(context, options)
  // Nobody is asked: what is to be tried again was said on the command line.
  return await withRun(context, name, { ...flags, unknown: flags.unknown === 'resend' ? 'resend' : 'skip' }, retrySend)
}
