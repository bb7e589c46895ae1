import { AppError, type Address, parseAddress } from '../base/index.ts'
import type { App } from '../app.ts'
import type { Reader } from '../subscriber/index.ts'
import {
  type CommandContext,
  defineCommand,
  EXIT,
  type ExitCode,
  explainInbox,
  type OptionValues,
  textOption,
} from './command.ts'
import { shortenWords } from './delivery/shorten-words.ts'
import { invalidAddress, missingTo, unknownReader } from './errors.ts'

export const test = defineCommand({
  name: 'test',
  arguments: '<issue>',
  summary: 'send a test of an issue',
  description:
    'Sends the issue as the list would get it, but with links that change nothing. Without SMTP settings it goes into the embedded inbox (data/inbox/), and nobody receives it.',
  options: [
    { flags: '--to <addresses>', summary: 'who gets it; several with commas between' },
    { flags: '--as <email>', summary: 'fill in the values of this reader of readers.yaml' },
  ],
  examples: [
    { command: 'test 2024-w11-llm-papers --to me@example.com', does: 'send one test' },
    {
      command: 'test 2024-w11-llm-papers --to me@example.com --as laila.haddad@example.org',
      does: 'as this reader would get it',
    },
  ],
  run: sendTest,
})

/** What became of one test message. */
interface TestResult {
  readonly to: Address
  readonly kind: string
  readonly reply: string
}

async function sendTest(
  context: CommandContext,
  [name = '']: readonly string[],
  options: OptionValues,
): Promise<ExitCode> {
  const [{ openApp }, { countProblems, formatPretty }, { sendTests }] = await Promise.all([
    import('../app.ts'),
    import('../check/index.ts'),
    import('../send-test.ts'),
  ])
  const recipients = readRecipients(textOption(options, 'to'))
  const app = await openApp(context)
  const reader = chooseReader(app, textOption(options, 'as'))
  const inspections = await app.inspect([name])
  const rendered = inspections[0]?.rendered
  if (countProblems(inspections).errors > 0)
    context.terminal.err(formatPretty(inspections, context.terminal.errPaint).trimEnd())
  if (!rendered) {
    context.terminal.err('Nothing was sent: the issue cannot be rendered.')
    return EXIT.content
  }
  const sent = await sendTests(app, { rendered, reader, to: recipients, signal: context.signal })
  const { transport, place } = sent
  const results = sent.results.map(({ to, attempt }) => ({ to, kind: attempt.kind, reply: attempt.text }))
  return report(context, { recipients, results, transport, place, hash: rendered.hash })
}

function readRecipients(list: string | undefined): Address[] {
  if (list === undefined)
    throw new AppError(missingTo.code, missingTo.message(), { kind: 'usage', hint: missingTo.hint() })
  return list.split(',').map((text) => {
    const address = parseAddress(text.trim())
    if (address) return address
    throw new AppError(invalidAddress.code, invalidAddress.message(text.trim()), { kind: 'usage' })
  })
}

function chooseReader(app: App, email: string | undefined): Reader {
  const readers = app.listReaders()
  if (email === undefined) return readers[0]
  const reader = readers.find((candidate) => candidate.email.toLowerCase() === email.toLowerCase())
  if (reader) return reader
  throw new AppError(unknownReader.code, unknownReader.message(email), { kind: 'usage', hint: unknownReader.hint() })
}

interface TestReport {
  readonly recipients: readonly Address[]
  readonly results: readonly TestResult[]
  readonly transport: string
  readonly place: string
  readonly hash: string
}

function report(context: CommandContext, outcome: TestReport): ExitCode {
  const { json, terminal, signal } = context
  const { results, recipients, transport, place } = outcome
  if (json) terminal.out(JSON.stringify({ version: 1, ...outcome }, null, 2))
  const { green, red, yellow, dim } = terminal.paint
  for (const { to, kind, reply } of json ? [] : results) {
    terminal.out(
      `${kind === 'accepted' ? green('sent') : red(`not sent (${kind})`)}  ${to}  ${dim(shortenWords({ text: reply }))}`,
    )
  }
  if (transport === 'inbox') terminal.note(yellow(`Kept in ${place}. Nobody received it: ${explainInbox(context)}.`))
  const missing = recipients.length - results.length
  if (missing > 0) terminal.err(`Stopped: ${missing} of ${recipients.length} tests were not sent.`)
  if (signal.aborted) return EXIT.interrupted
  return results.every((result) => result.kind === 'accepted') ? EXIT.done : EXIT.environment
}
