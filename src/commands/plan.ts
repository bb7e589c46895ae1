import type { RunStatus } from '../delivery/index.ts'
import type { Plan } from '../make-plan.ts'
import { type CommandContext, defineCommand, EXIT, type ExitCode, type OptionValues, textOption } from './command.ts'

export const plan = defineCommand({
  name: 'plan',
  arguments: '<issue>',
  summary: 'say what sending an issue would do',
  description:
    'Counts who would get the issue and who is left out, weighs the message, estimates the time, and says what `send` would refuse. It changes nothing.',
  options: [
    { flags: '--segment <query>', summary: 'only these readers: tag:NAME (default: the audience of the issue)' },
  ],
  examples: [{ command: 'plan 2024-w11-llm-papers', does: 'look before sending' }],
  run: runPlan,
})

async function runPlan(
  context: CommandContext,
  [name = '']: readonly string[],
  options: OptionValues,
): Promise<ExitCode> {
  const { terminal, clock, json } = context
  const [{ openApp }, { findIssue }, { makePlan }, { planToJson, printPlan, formatStatus }, delivery] =
    await Promise.all([
      import('../app.ts'),
      import('./delivery/find-issue.ts'),
      import('../make-plan.ts'),
      import('./delivery/report.ts'),
      import('../delivery/index.ts'),
    ])
  const app = await openApp(context)
  const db = await app.openStore()
  try {
    const { inspection, run } = await findIssue(app, db, name)
    const status = run && delivery.describeRun(run, await delivery.findRunner(db, run.key, clock.now()))
    const planned = inspection && (await makePlan(app, db, inspection, textOption(options, 'segment')))
    // What was approved is not asked about again.
    const made = planned && (run ? { ...planned, refusals: [] } : planned)
    if (json) terminal.out(JSON.stringify({ ...(made ? planToJson(made) : {}), run: status ?? null }, null, 2))
    else if (made) printPlan(terminal, made)
    if (!status) return chooseExit(made)
    if (json || !run) return EXIT.done
    terminal.out(`  approved  ${run.approvedAt.toISOString()}, ${formatStatus(status)}; ${tellRest(status.state)}`)
    if (run.startsAt) terminal.out(`  starts    ${delivery.formatLocal(run.startsAt)}`)
    return EXIT.done
  } finally {
    await db.close()
  }
}

function tellRest(state: RunStatus['state']): string {
  return state === 'cancelled' ? 'it cannot be sent again' : '`send` goes on with that'
}

function chooseExit(plan: Plan | undefined): ExitCode {
  const [refusal] = plan?.refusals ?? []
  if (!refusal) return EXIT.done
  return refusal.kind === 'errors' || refusal.kind === 'unreadable' ? EXIT.content : EXIT.usage
}
