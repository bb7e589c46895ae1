import { type CommandContext, defineCommand, EXIT, type ExitCode } from './command.ts'

export const pause = defineCommand({
  name: 'pause',
  arguments: '<issue>',
  summary: 'hold a send, also one that another process is at',
  description:
    'The process that sends begins nothing new, ends what is in flight and stops; this command waits for that. A scheduled send that is paused does not start. `resume` goes on, `cancel` ends it for good.',
  options: [],
  examples: [{ command: 'pause 2024-w11-llm-papers', does: 'hold it; everybody who is left stays pending' }],
  run: runPause,
})

async function runPause(context: CommandContext, [name = '']: readonly string[]): Promise<ExitCode> {
  const [{ look, NO_FLAGS, printStatus, readStatus, untilLetGo, withRun }, { isUnfinished, pauseRun }] =
    await Promise.all([import('./delivery/levers.ts'), import('../delivery/index.ts')])
  return await withRun(context, name, NO_FLAGS, async (job, run) => {
    const { db, terminal } = job
    const word = { at: context.clock.now(), how: 'command' } as const
    const { runner } = await look(db, run.issueId, word.at)
    const canPause = runner !== undefined || isUnfinished(run)
    const hasPaused = canPause && (await db.transaction(async (tx) => await pauseRun(tx, run.key, word)))
    const isPaused = hasPaused || run.state === 'paused'
    const isFree = !isPaused || (await untilLetGo(job, run.issueId))
    printStatus(job, await readStatus(job, run.issueId))
    if (!isPaused) terminal.err('Nothing is left to send, so there is nothing to pause.')
    else if (!hasPaused) terminal.note('It was paused before.')
    else if (!isFree)
      terminal.err('It is paused, and the process that sends it has not stopped yet: `status` shows it.')
    else if (!runner) terminal.note('No process was sending it.')
    if (isPaused) terminal.note(`\`letterpress resume ${run.slug}\` goes on with it.`)
    return context.signal.aborted ? EXIT.interrupted : EXIT.done
  })
}
