import { type CommandContext, defineCommand, type ExitCode, type OptionValues } from './command.ts'
import { FORCE_LATE, GOING_ON, WHEN_CUT } from './delivery/flags.ts'

export const resume = defineCommand({
  name: 'resume',
  arguments: '<issue>',
  summary: 'go on with a paused send',
  description:
    'Goes on with what was approved, in this process, as `send` does. A scheduled send waits for its time again.',
  options: [...GOING_ON, FORCE_LATE],
  examples: [{ command: 'resume 2024-w11-llm-papers', does: 'mail everybody who is left' }],
  whenCut: WHEN_CUT,
  run: runResume,
})

async function runResume(
  context: CommandContext,
  [name = '']: readonly string[],
  options: OptionValues,
): Promise<ExitCode> {
  const [{ withRun }, { resumeSend }, { readFlags }] = await Promise.all([
    import('./delivery/levers.ts'),
    import('./delivery/go-on.ts'),
    import('./delivery/read-flags.ts'),
  ])
  return await withRun(context, name, readFlags(context, options), resumeSend)
}
