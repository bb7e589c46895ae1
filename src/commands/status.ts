import type { App } from '../app.ts'
import { AppError } from '../base/index.ts'
import type { Database } from '../db/index.ts'
import type { DeliveryState } from '../delivery/index.ts'
import type { Listing } from './delivery/who.ts'
import { type CommandContext, defineCommand, EXIT, type ExitCode, type OptionValues, textOption } from './command.ts'

export const status = defineCommand({
  name: 'status',
  arguments: '[issue]',
  summary: 'say who got an issue',
  description:
    'Reads the ledger, also while a send is running: counts, rate, time left, what the servers replied, and what was done with the send. Without an issue it lists every issue that was approved. It changes nothing.',
  options: [
    { flags: '--watch', summary: 'follow it until the send ends; Ctrl-C leaves the send alone' },
    {
      flags: '--who <state>',
      summary: 'list the readers that are accepted, pending, handed, deferred, failed, unknown or skipped',
    },
    { flags: '--attempts', summary: 'list every reply that was no plain acceptance' },
    { flags: '--csv', summary: 'the readers as CSV; without --who all of them' },
  ],
  examples: [
    { command: 'status', does: 'list every issue with its counts' },
    { command: 'status 2024-w11-llm-papers --watch', does: 'follow a send from another terminal' },
    { command: 'status 2024-w11-llm-papers --who failed', does: 'who was refused, and with which words' },
  ],
  run: runStatus,
})

async function runStatus(context: CommandContext, [name]: readonly string[], options: OptionValues): Promise<ExitCode> {
  const { openApp } = await import('../app.ts')
  const who = await readWho(textOption(options, 'who'))
  const app = await openApp(context)
  const db = await app.openStoreForReading()
  try {
    if (name === undefined) await listAll(context, db)
    else if (options['csv'] === true)
      await printCsv(context, app, db, name, { who, isTries: options['attempts'] === true })
    else return await printOne(context, app, db, name, { who, options })
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
  const [{ describeRun, listRunners, listRuns }, { formatStatus }] = await Promise.all([
    import('../delivery/index.ts'),
    import('./delivery/report.ts'),
  ])
  const [runs, runners] = [await listRuns(db), await listRunners(db, clock.now())]
  const all = runs.map((run) => describeRun(run, runners.get(run.key)))
  if (json) terminal.out(JSON.stringify({ version: 1, issues: all }, null, 2))
  else if (all.length === 0) terminal.out('Nothing was sent yet.')
  const width = Math.max(0, ...all.map(({ issue }) => issue.length))
  for (const one of json ? [] : all) terminal.out(`${one.issue.padEnd(width)}  ${formatStatus(one)}`)
}

/** What was sent needs no rendering to be told. */
async function findTarget(
  app: App,
  db: Database,
  name: string,
): Promise<{ readonly id: string; readonly key?: number }> {
  const { findIssue, findRunByName } = await import('./delivery/find-issue.ts')
  const known = await findRunByName(db, name, app)
  if (known) return { id: known.issueId, key: known.key }
  const { id, run } = await findIssue(app, db, name)
  return { id, ...(run ? { key: run.key } : {}) }
}

async function printOne(
  context: CommandContext,
  app: App,
  db: Database,
  name: string,
  { who, options }: { readonly who: DeliveryState | undefined; readonly options: OptionValues },
): Promise<ExitCode> {
  const [{ describeUnsent }, { formatStatus }, view, { listReaders, listTries, READERS, TRIES }, { watchRun }] =
    await Promise.all([
      import('../delivery/index.ts'),
      import('./delivery/report.ts'),
      import('./delivery/status-view.ts'),
      import('./delivery/who.ts'),
      import('./delivery/watch.ts'),
    ])
  const { terminal, json, clock } = context
  const { id, key } = await findTarget(app, db, name)
  const isWatched = options['watch'] === true
  const read = isWatched ? await watchRun(context, db, id) : await view.readView(db, id, clock.now())
  const readers = who && key !== undefined ? listReaders(db, key, who) : undefined
  const tries = options['attempts'] === true && key !== undefined ? listTries(db, key) : undefined
  if (json) {
    const lists = { ...(await collect('readers', readers)), ...(await collect('attempts', tries)) }
    terminal.out(JSON.stringify({ ...(read ? view.viewToJson(read) : describeUnsent(id)), ...lists }, null, 2))
  } else {
    if (!read) terminal.out(`${id}  ${formatStatus(describeUnsent(id))}`)
    else terminal.out(view.viewToLines(read, terminal.paint).join('\n'))
    if (readers) await printTable(context, readers, READERS)
    if (tries) await printTable(context, tries, TRIES)
  }
  return isWatched && context.signal.aborted ? EXIT.interrupted : EXIT.done
}

async function printTable<Row>(
  { terminal }: CommandContext,
  pages: AsyncIterable<readonly Row[]>,
  { formatTable }: Listing<Row>,
): Promise<void> {
  let isFirst = true
  for await (const page of pages) {
    terminal.out(`${isFirst ? '\n' : ''}${formatTable(page, terminal.paint, isFirst)}`)
    isFirst = false
  }
  if (isFirst) terminal.out('\n  None.')
}

async function collect(name: string, pages: AsyncIterable<readonly unknown[]> | undefined): Promise<object> {
  if (!pages) return {}
  const all: unknown[] = []
  for await (const page of pages) all.push(...page)
  return { [name]: all }
}

async function printCsv(
  context: CommandContext,
  app: App,
  db: Database,
  name: string,
  { who, isTries }: { readonly who: DeliveryState | undefined; readonly isTries: boolean },
): Promise<void> {
  const [{ STATES }, { listReaders, listTries, READERS, TRIES }] = await Promise.all([
    import('../delivery/index.ts'),
    import('./delivery/who.ts'),
  ])
  const { key } = await findTarget(app, db, name)
  const write = async <Row>(pages: AsyncIterable<readonly Row[]>, { formatCsv }: Listing<Row>) => {
    for await (const page of pages) context.terminal.out(page.map(formatCsv).join('\n'))
  }
  context.terminal.out(isTries ? TRIES.header : READERS.header)
  if (key === undefined) return
  if (isTries) return await write(listTries(db, key), TRIES)
  for (const state of who ? [who] : STATES) await write(listReaders(db, key, state), READERS)
}
