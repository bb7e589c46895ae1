import { AppError } from '../../base/index.ts'
import type { Subscriber, SubscriberStatus } from '../../subscriber/index.ts'
import { type CommandContext, defineCommand, EXIT, type ExitCode, type OptionValues, textOption } from '../command.ts'
import { invalidOption } from '../errors.ts'
import { withList } from './open-list.ts'
import { readerToJson } from './reader-json.ts'

const PAGE = 50
const MAX_PAGE = 10_000

export const listReaders = defineCommand({
  name: 'list',
  summary: 'show who is on the list',
  description:
    'Counts readers by status and shows them in the order in which they came (one import: by address), a page at a time; a page ends with the flag that shows the next one.',
  options: [
    { flags: '--segment <query>', summary: 'only these readers: tag:NAME' },
    {
      flags: '--status <status>',
      summary: 'only these',
      choices: ['active', 'pending', 'unsubscribed', 'bounced', 'complained'],
    },
    { flags: '--limit <number>', summary: `readers on a page (default: ${PAGE})` },
    { flags: '--after <number>', summary: 'the page after this reader, as the page before says' },
  ],
  examples: [
    { command: 'subscribers list', does: 'the counts and the first page' },
    { command: 'subscribers list --segment tag:beta --status active', does: 'some of them' },
  ],
  run: runList,
})

interface Page {
  readonly counts: Readonly<Record<SubscriberStatus, number>>
  readonly audience: number
  readonly readers: readonly Subscriber[]
  /** Key for `--after`; missing on the last page. */
  readonly next: number | undefined
}

async function runList(context: CommandContext, _args: readonly string[], options: OptionValues): Promise<ExitCode> {
  const { terminal, json } = context
  const { isStatus, parseSegment } = await import('../../subscriber/index.ts')
  const segment = parseSegment(textOption(options, 'segment') ?? '')
  const given = textOption(options, 'status') ?? ''
  const status = isStatus(given) ? { status: given } : {}
  const limit = readNumber(options, 'limit', 1, MAX_PAGE) ?? PAGE
  const after = readNumber(options, 'after', 0, Number.MAX_SAFE_INTEGER) ?? 0
  const page = await withList(context, async (store): Promise<Page> => {
    const readers = await store.list({ segment, ...status, after, limit: limit + 1 })
    return {
      counts: await store.countByStatus(segment),
      audience: await store.countAudience(segment),
      readers: readers.slice(0, limit),
      next: readers.length > limit ? readers[limit - 1]?.key : undefined,
    }
  })
  if (json) {
    const { counts, audience, next } = page
    const readers = page.readers.map(readerToJson)
    terminal.out(JSON.stringify({ version: 1, counts, audience, readers, next: next ?? null }, null, 2))
  } else printPage(context, page)
  return EXIT.done
}

function readNumber(options: OptionValues, name: string, least: number, most: number): number | undefined {
  const text = textOption(options, name)
  if (text === undefined) return undefined
  const number = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN
  if (number >= least && number <= most) return number
  const wanted = `write a whole number from ${least} to ${most}`
  throw new AppError(invalidOption.code, invalidOption.message(`--${name}`, text, wanted), { kind: 'usage' })
}

function printPage({ terminal }: CommandContext, { counts, audience, readers, next }: Page): void {
  const { dim, green, yellow } = terminal.paint
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0)
  const parts = Object.entries(counts).filter(([, count]) => count > 0)
  const words = parts.map(([status, count]) => `${count} ${status}`).join(', ')
  terminal.out(total === 0 ? 'Nobody is on the list.' : `${total} readers: ${words}; an issue goes to ${audience}`)
  const width = Math.max(0, ...readers.map(({ email }) => email.length))
  for (const { status, email, language, tags, name } of readers) {
    const paint = status === 'active' ? green : yellow
    const cells = [paint(status.padEnd(12)), email.padEnd(width), (language ?? '').padEnd(5)]
    terminal.out(`  ${cells.join('  ')}  ${name ?? ''}${tags.length > 0 ? dim(`  ${tags.join(', ')}`) : ''}`.trimEnd())
  }
  if (next !== undefined) terminal.note(`More: add --after ${next}`)
}
