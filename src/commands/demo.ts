import { rmSync } from 'node:fs'
import { join, relative } from 'node:path'
import type { App } from '../app.ts'
import type { Inspection } from '../inspect.ts'
import type { InboxMessage } from '../preview/index.ts'
import { AppError } from '../base/index.ts'
import { buildIssue } from './build.ts'
import { type CommandContext, defineCommand, EXIT, type ExitCode, type OptionValues, untilStopped } from './command.ts'
import { noIssues } from './errors.ts'

const FOLDER = 'demo'
const PORT = 4300
const CONNECTIONS = 4

export const demo = defineCommand({
  name: 'demo',
  summary: 'see the whole path once, on this machine',
  description:
    'Checks and builds every issue, mails the first one over real SMTP to the readers of readers.yaml in an inbox of its own (nobody receives it), says what arrived, and shows it all in the browser until Ctrl-C.',
  options: [{ flags: '--once', summary: 'end after the summary (as with CI=true)' }],
  examples: [
    { command: 'demo', does: 'run it and look at the mail' },
    { command: 'demo --once', does: 'run it and end' },
  ],
  run: runDemo,
})

async function runDemo(context: CommandContext, _args: readonly string[], options: OptionValues): Promise<ExitCode> {
  const { terminal, root } = context
  const { openApp } = await import('../app.ts')
  const app = await openApp(context)
  const inboxFolder = join(root, FOLDER, 'inbox')
  rmSync(join(root, FOLDER), { recursive: true, force: true })
  terminal.note(terminal.errPaint.bold(`${app.config.name}: the whole path once\n`))

  const inspections = await app.inspect([])
  const errors = await buildAll(context, app, inspections)
  const first = inspections.find((inspection) => inspection.rendered && !inspection.issue?.draft)
  if (!first) throw new AppError(noIssues.code, noIssues.message(), { kind: 'usage', hint: noIssues.hint() })
  const mailed = await mailReaders(context, app, first, inboxFolder)
  if (mailed.accepted < mailed.total) return context.signal.aborted ? EXIT.interrupted : EXIT.environment
  await summarize(context, inboxFolder)

  if (options['once'] !== true && context.environment['CI'] !== 'true') await serve(context, inboxFolder)
  return errors > 0 ? EXIT.content : EXIT.done
}

async function buildAll({ terminal }: CommandContext, app: App, inspections: readonly Inspection[]): Promise<number> {
  const { countProblems, formatPretty } = await import('../check/index.ts')
  const { dim, green, red, yellow } = terminal.paint
  terminal.out(`${green('1')}  Check and build`)
  for (const inspection of inspections) {
    await buildIssue(app, inspection, join(FOLDER, 'dist'))
    const { errors, warnings } = countProblems([inspection])
    const verdict =
      errors > 0 ? red(`${errors} errors`) : warnings > 0 ? yellow(`${warnings} warnings`) : green('no findings')
    const size = dim(`${((inspection.sizeBytes ?? 0) / 1000).toFixed(1).padStart(5)} kB`)
    terminal.out(`   ${inspection.file.padEnd(40)} ${size}  ${verdict}`)
  }
  const { errors } = countProblems(inspections)
  if (errors > 0) terminal.err(`\n${formatPretty(inspections, terminal.errPaint).trimEnd()}`)
  return errors
}

interface Mailed {
  readonly total: number
  readonly accepted: number
}

async function mailReaders(
  { terminal, signal }: CommandContext,
  app: App,
  { issue, rendered }: Inspection,
  inboxFolder: string,
): Promise<Mailed> {
  const { green, dim } = terminal.paint
  const readers = app.listReaders()
  const transport = await app.openInbox(inboxFolder)
  terminal.out(`\n${green('2')}  Mail "${issue?.title ?? ''}" to ${readers.length} sample readers over SMTP`)
  const startedAt = performance.now()
  const waiting = [...readers]
  let accepted = 0
  const work = async () => {
    for (let reader = waiting.shift(); reader && rendered && !signal.aborted; reader = waiting.shift()) {
      const attempt = await transport.send(await app.compose(rendered, reader, 'sample'))
      if (attempt.kind === 'accepted') accepted++
      else terminal.err(`   ${reader.id}: ${attempt.kind}, ${attempt.text}`)
    }
  }
  try {
    await Promise.all(Array.from({ length: CONNECTIONS }, work))
  } finally {
    await transport.close()
  }
  const seconds = (performance.now() - startedAt) / 1000
  terminal.out(
    `   ${accepted} of ${readers.length} accepted in ${seconds.toFixed(2)} s  ${dim(`${Math.round(accepted / seconds)} messages/s`)}`,
  )
  if (accepted < readers.length) terminal.err(`   ${readers.length - accepted} were not sent.`)
  return { total: readers.length, accepted }
}

async function summarize({ terminal, root }: CommandContext, folder: string): Promise<void> {
  const { openInboxFolder } = await import('../preview/index.ts')
  const inbox = openInboxFolder(folder)
  const rows = await inbox.list()
  const mails = (await Promise.all(rows.map(({ id }) => inbox.read(id)))).filter((mail) => mail !== undefined)
  const { green, dim } = terminal.paint
  terminal.out(`\n${green('3')}  What arrived`)
  for (const mail of mails.toReversed()) terminal.out(`   ${mail.to}`)
  const links = new Set(mails.map(readUnsubscribeLink).filter((link) => link !== undefined))
  const complete = mails.filter((mail) => mail.html && mail.text).length
  terminal.out(`   ${mails.length} messages, ${complete} with HTML and text, ${links.size} different unsubscribe links`)
  terminal.out(`   ${relative(root, folder)}/*.eml  ${dim(`and ${FOLDER}/dist/<issue>/index.html`)}`)
}

function readUnsubscribeLink(mail: InboxMessage): string | undefined {
  const header = mail.headers.find(({ name }) => name.toLowerCase() === 'list-unsubscribe')
  return /<([^>]+)>/.exec(header?.value ?? '')?.[1]
}

async function serve(context: CommandContext, inboxFolder: string): Promise<void> {
  const [{ createStudio }, { startPreview }] = await Promise.all([
    import('../studio.ts'),
    import('../preview/index.ts'),
  ])
  const services = createStudio({ ...context, inboxFolder })
  const preview = await startPreview(services, { port: PORT, host: '127.0.0.1' }).catch(async (error: unknown) => {
    // A second demo beside the first one is welcome.
    if (error instanceof AppError && error.code === 'preview/port-in-use') {
      return await startPreview(services, { port: 0, host: '127.0.0.1' })
    }
    throw error
  })
  const { green, bold } = context.terminal.paint
  context.terminal.out(`\n${green('4')}  Preview: ${bold(preview.url)}`)
  context.terminal.note('   Edit a file in issues/ or emails/ and save: the page follows. Ctrl-C ends.')
  await untilStopped(context.signal)
  await preview.close()
}
