import { createReadStream, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import type { App } from '../app.ts'
import { AppError, isRunning } from '../base/index.ts'
import type { Database } from '../db/index.ts'
import type { Inspection } from '../inspect.ts'
import { assertTargets, buildIssue } from './build.ts'
import { type CommandContext, defineCommand, EXIT, type ExitCode, type OptionValues, untilStopped } from './command.ts'
import { demoRuns, noIssues } from './errors.ts'
import { explainFiles } from './files.ts'
import { test } from './test.ts'

const FOLDER = join('data', 'demo')
const STORE = join(FOLDER, 'letterpress.db')
/** What a demo before this one left; anything else in the folder is somebody's own. */
const LEFT = [
  join(FOLDER, 'dist'),
  join(FOLDER, 'inbox'),
  ...['', '-wal', '-shm', '-journal'].map((end) => STORE + end),
]
/** Holds the process that runs a demo here. */
const RUNNING = join(FOLDER, 'running')
const LIST = join('examples', 'subscribers.csv')
const PORT = 4300

export const demo = defineCommand({
  name: 'demo',
  summary: 'see the whole path once, on this machine',
  description:
    'Checks and builds every issue, imports invented readers into a store of its own, sends a test, mails the first issue to the list over real SMTP into an inbox of its own (nobody receives it), says what arrived, and shows it all in the browser until Ctrl-C. Everything it writes is in data/demo/, and nothing goes to a mail server, whatever SMTP_URL says.',
  options: [{ flags: '--once', summary: 'end after the summary (as with CI=true)' }],
  examples: [
    { command: 'demo', does: 'run it and look at the mail' },
    { command: 'demo --once', does: 'run it and end' },
  ],
  run: async (context, _args, options) =>
    await explainFiles(
      () => `The demo ended there; what it wrote before is in ${FOLDER}/.`,
      async () => await alone(context.root, async () => await runDemo(context, options)),
    ),
})

/** A newsletter whose store and inbox are the demo's, whatever is configured. */
interface DemoContext extends CommandContext {
  readonly inboxFolder: string
}

/** What `--json` says of a demo. */
interface Summary {
  readonly issues: readonly { readonly file: string; readonly errors: number; readonly warnings: number }[]
  /** Slug of the one that was mailed. */
  readonly mailed: string
  /** Messages in the inbox, the test among them. */
  readonly arrived: number
  readonly inbox: string
  readonly dist: string
}

// A second demo would empty the inbox that the first is filling.
async function alone(root: string, work: () => Promise<ExitCode>): Promise<ExitCode> {
  const file = join(root, RUNNING)
  const running = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0
  if (running > 0 && isRunning(running)) {
    throw new AppError(demoRuns.code, demoRuns.message(running), { kind: 'usage', hint: demoRuns.hint() })
  }
  mkdirSync(join(root, FOLDER), { recursive: true })
  writeFileSync(file, String(process.pid))
  try {
    return await work()
  } finally {
    rmSync(file, { force: true })
  }
}

async function runDemo(context: CommandContext, options: OptionValues): Promise<ExitCode> {
  const demoContext = enterDemo(context)
  const { terminal } = demoContext
  const [{ openApp }, { countProblems }] = await Promise.all([import('../app.ts'), import('../check/index.ts')])
  const app = await openApp(demoContext)
  terminal.out(terminal.paint.bold(`${app.config.name}: the whole path once`))

  const inspections = await app.inspect([])
  const errors = await buildAll(demoContext, app, inspections)
  const mailed = inspections.find(({ rendered, issue }) => rendered && !issue?.draft)?.issue?.slug
  if (mailed === undefined)
    throw new AppError(noIssues.code, noIssues.message(), { kind: 'usage', hint: noIssues.hint() })
  const code = await mailList(demoContext, app, mailed)
  if (code !== EXIT.done) return code
  const arrived = await summarize(demoContext, context)
  const issues = inspections.map((one) => ({ file: one.file, ...countProblems([one]) }))
  const summary: Summary = {
    issues,
    mailed,
    arrived,
    inbox: relative(context.root, demoContext.inboxFolder),
    dist: join(FOLDER, 'dist'),
  }
  if (options['once'] !== true && context.environment['CI'] !== 'true') await serve(context, demoContext, summary)
  else writeSummary(context, summary)
  return errors > 0 ? EXIT.content : EXIT.done
}

function writeSummary({ json, terminal }: CommandContext, summary: Summary, url: string | null = null): void {
  if (json) terminal.out(JSON.stringify({ version: 1, ...summary, url }, null, 2))
}

function enterDemo(context: CommandContext): DemoContext {
  const { root, terminal, json } = context
  for (const path of LEFT) rmSync(join(root, path), { recursive: true, force: true })
  const folder = join(root, FOLDER)
  return {
    root,
    cwd: root,
    // What happens on the way is progress; the result is what arrived.
    terminal: { ...terminal, out: json || terminal.isQuiet ? terminal.note : terminal.out },
    json: false,
    isRehearsal: true,
    stdin: context.stdin,
    stdout: context.stdout,
    clock: context.clock,
    inboxFolder: join(folder, 'inbox'),
    // Links of the demo are honoured by no server, so its key need not be kept.
    environment: {
      ...context.environment,
      DATABASE_URL: `sqlite:${STORE}`,
      LETTERPRESS_SECRET: 'the demo signs links that nobody honours',
    },
    get signal() {
      return context.signal
    },
  }
}

function head({ terminal }: CommandContext, number: number, title: string): void {
  terminal.out(`\n${terminal.paint.green(String(number))}  ${terminal.paint.bold(title)}`)
}

async function buildAll(context: DemoContext, app: App, inspections: readonly Inspection[]): Promise<number> {
  const { countProblems, formatPretty } = await import('../check/index.ts')
  const { dim, green, red, yellow } = context.terminal.paint
  head(context, 1, 'Check and build')
  const out = join(context.root, FOLDER, 'dist')
  assertTargets(app, inspections, out)
  for (const inspection of inspections) {
    await buildIssue(app, inspection, out)
    const { errors, warnings } = countProblems([inspection])
    const isClean = errors + warnings === 0
    const verdict = isClean
      ? green('no findings')
      : errors > 0
        ? red(`${errors} errors`)
        : yellow(`${warnings} warnings`)
    const size = dim(`${((inspection.sizeBytes ?? 0) / 1000).toFixed(1).padStart(5)} kB`)
    context.terminal.out(`   ${inspection.file.padEnd(40)} ${size}  ${verdict}`)
  }
  const { errors } = countProblems(inspections)
  if (errors > 0) context.terminal.err(`\n${formatPretty(inspections, context.terminal.errPaint).trimEnd()}`)
  return errors
}

async function mailList(context: DemoContext, app: App, slug: string): Promise<ExitCode> {
  const db = await app.openStore()
  try {
    await fillList(context, app, db)
  } finally {
    await db.close()
  }
  head(context, 3, 'Send a test')
  const tested = await test.run(context, [slug], { to: 'me@example.com' })
  if (tested !== EXIT.done) return tested
  head(context, 4, 'Mail the list')
  const { sendIssue } = await import('./delivery/send-issue.ts')
  return await sendIssue(context, slug, {
    isYes: true,
    isForced: false,
    withNewReaders: false,
    waitMs: 0,
    unknown: 'skip',
    isStrict: false,
  })
}

async function fillList(context: DemoContext, app: App, db: Database): Promise<void> {
  const { createSubscriberStore } = await import('../subscriber/index.ts')
  const store = createSubscriberStore(db, context.clock)
  const file = join(context.root, LIST)
  head(context, 2, 'Import the sample list')
  if (existsSync(file)) {
    const { signal } = context
    const report = await store.importCsv({ input: createReadStream(file), fileName: LIST, isDryRun: false, signal })
    context.terminal.out(`   ${report.rows} rows of ${LIST}: ${report.new} new, ${report.invalid.count} refused`)
  } else {
    for (const { email, ...details } of app.listReaders()) await store.add(email, details)
    context.terminal.out('   The readers of readers.yaml')
  }
  const counts = Object.entries(await store.countByStatus()).filter(([, count]) => count > 0)
  context.terminal.out(`   ${counts.map(([status, count]) => `${count} ${status}`).join(', ')}`)
}

/** @returns how many messages are in the inbox. */
async function summarize(context: DemoContext, { json, terminal }: CommandContext): Promise<number> {
  const { openInboxFolder } = await import('../preview/index.ts')
  const { inboxFolder, root } = context
  const inbox = openInboxFolder(inboxFolder)
  const { messages: rows, total } = await inbox.list()
  const mails = (await Promise.all(rows.map(async ({ id }) => await inbox.read(id)))).filter(
    (mail) => mail !== undefined,
  )
  const links = new Set(mails.map(({ headers }) => headers.find(({ name }) => name === 'List-Unsubscribe')?.value))
  const complete = mails.filter(({ html, text }) => html && text).length
  head(context, 5, 'What arrived')
  const write = json ? terminal.note : terminal.out
  write(
    `   the newest ${mails.length} looked into: ${complete} with HTML and text, ${links.size} different unsubscribe links`,
  )
  for (const { to } of mails.slice(0, 5)) write(`   ${terminal.paint.dim('for')} ${to}`)
  write(`   ${relative(root, inboxFolder)}/*.eml  ${terminal.paint.dim(`and ${FOLDER}/dist/<issue>/index.html`)}`)
  return total
}

async function serve(asked: CommandContext, context: DemoContext, summary: Summary): Promise<void> {
  const [{ createStudio }, { startPreview }] = await Promise.all([
    import('../studio/index.ts'),
    import('../preview/index.ts'),
  ])
  const studio = createStudio(context)
  const start = async (port: number) => await startPreview(studio, { port, host: '127.0.0.1' })
  // Another newsletter may show its own there.
  const preview = await start(PORT).catch(async (error: unknown) => {
    if (error instanceof AppError && error.code === 'preview/port-in-use') return await start(0)
    throw error
  })
  head(context, 6, `Preview: ${preview.url}`)
  writeSummary(asked, summary, preview.url)
  context.terminal.note('   Edit a file in issues/ or emails/ and save: the page follows. Ctrl-C ends.')
  await untilStopped(context.signal)
  await preview.close()
}
