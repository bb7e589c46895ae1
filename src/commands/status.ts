import { AppError } from '../base/index.ts'
import type { Database } from '../db/index.ts'
import type { DeliveryState, Run } from '../delivery/index.ts'
import type { ReaderDelivery } from './delivery/who.ts'
import { type CommandContext, defineCommand, EXIT, type ExitCode, type OptionValues, textOption } from './command.ts'

export const status = defineCommand({
  name: 'status',
  arguments: '[issue]',
  summary: 'say who got an issue',
  description:
    'Reads the ledger, also while a send is running. Without an issue it lists every issue that was approved. It changes nothing.',
  options: [
    {
      flags: '--who <state>',
      summary: 'list the readers that are accepted, pending, handed, deferred, failed, unknown or skipped',
    },
    { flags: '--csv', summary: 'the readers as CSV; without --who all of them' },
  ],
  examples: [
    { command: 'status', does: 'list every issue with its counts' },
    { command: 'status 2024-w11-llm-papers --who failed', does: 'who was refused, and with which words' },
  ],
  run: runStatus,
})

async function runStatus(context: CommandContext, [name]: readonly string[], options: OptionValues): Promise<ExitCode> {
  const { openApp } = await import('../app.ts')
  const who = await readWho(textOption(options, 'who'))
  const app = await openApp(context)
  const db = await app.openStore()
  try {
    if (name === undefined) await listAll(context, db)
    else {
      const { findIssue, findRunByName } = await import('./delivery/find-issue.ts')
      // What was sent needs no rendering to be told.
      const known = await findRunByName(db, name, app)
      const { id, run } = known ? { id: known.issueId, run: known } : await findIssue(app, db, name)
      if (options['csv'] === true) await printCsv(context, db, run, who)
      else await printOne(context, db, { id, ...(run ? { run } : {}) }, who)
    }
    return EXIT.done
  } finally {
    await db.close()
  }
}

async function readWho(text: string | undefined): Promise<DeliveryState | undefined> {
  if (text === undefined) return undefined
  const { badState, isState, STATES } = await import('../delivery/index.ts')
  if (isState(text)) return text
  throw new AppError(badState.code, badState.message(text), { kind: 'usage', hint: badState.hint(STATES) })
}

async function listAll({ terminal, json, clock }: CommandContext, db: Database): Promise<void> {
  const [{ describeRun, findRunner, listRuns }, { formatStatus }] = await Promise.all([
    import('../delivery/index.ts'),
    import('./delivery/report.ts'),
  ])
  const runs = await listRuns(db)
  const now = clock.now()
  const all = await Promise.all(runs.map(async (run) => describeRun(run, await findRunner(db, run.key, now))))
  if (json) terminal.out(JSON.stringify({ version: 1, issues: all }, null, 2))
  else if (all.length === 0) terminal.out('Nothing was sent yet.')
  for (const one of json ? [] : all) terminal.out(`${one.issue}  ${formatStatus(one)}`)
}

interface Target {
  readonly id: string
  readonly run?: Run
}

async function printOne(
  { terminal, json, clock }: CommandContext,
  db: Database,
  { id, run }: Target,
  who: DeliveryState | undefined,
): Promise<void> {
  const [{ describeRun, describeUnsent, findRunner }, { formatStatus }, { listReaders }] = await Promise.all([
    import('../delivery/index.ts'),
    import('./delivery/report.ts'),
    import('./delivery/who.ts'),
  ])
  const runner = run && (await findRunner(db, run.key, clock.now()))
  const current = run ? describeRun(run, runner) : describeUnsent(id)
  if (json) {
    const readers = who && run ? { readers: await collect(listReaders(db, run.key, who)) } : {}
    terminal.out(JSON.stringify({ ...current, ...readers }, null, 2))
    return
  }
  terminal.out(`${id}  ${formatStatus(current)}`)
  if (runner) terminal.out(terminal.paint.dim(`  process ${runner.pid} on ${runner.host}`))
  if (!who || !run) return
  for await (const page of listReaders(db, run.key, who)) terminal.out(page.map(formatReader).join('\n'))
}

function formatReader({ email, at, reply }: ReaderDelivery): string {
  return [`  ${email ?? '(forgotten)'}`, at, reply].filter((part) => part !== null).join('  ')
}

async function collect<Row>(pages: AsyncIterable<readonly Row[]>): Promise<Row[]> {
  const all: Row[] = []
  for await (const page of pages) all.push(...page)
  return all
}

async function printCsv(
  { terminal }: CommandContext,
  db: Database,
  run: Run | undefined,
  who: DeliveryState | undefined,
): Promise<void> {
  const [{ STATES }, { CSV_HEADER, formatCsvRow, listReaders }] = await Promise.all([
    import('../delivery/index.ts'),
    import('./delivery/who.ts'),
  ])
  terminal.out(CSV_HEADER)
  for (const state of who ? [who] : STATES) {
    if (!run) return
    for await (const page of listReaders(db, run.key, state)) terminal.out(page.map(formatCsvRow).join('\n'))
  }
}
