import { AppError } from '../../base/index.ts'
import type { Consent, Subscriber, Suppression } from '../../subscriber/index.ts'
import { type CommandContext, defineCommand, EXIT, type ExitCode } from '../command.ts'
import { unknownSubscriber } from '../errors.ts'
import { readEmail, withList } from './open-list.ts'
import { readerToJson } from './reader-json.ts'

export const showReader = defineCommand({
  name: 'show',
  arguments: '<email>',
  summary: "tell one reader's story",
  description: 'Status, tags and fields of a reader, and when and how they came, confirmed or left.',
  options: [],
  examples: [{ command: 'subscribers show ada@example.com', does: 'what is known about a reader' }],
  run: runShow,
})

interface Story {
  readonly reader: Subscriber
  readonly consents: readonly Consent[]
  readonly suppression: Suppression | undefined
}

async function runShow(context: CommandContext, [given = '']: readonly string[]): Promise<ExitCode> {
  const { terminal, json } = context
  const email = readEmail(given)
  const story = await withList(context, async (store): Promise<Story | undefined> => {
    const reader = await store.findByEmail(email)
    if (!reader) return undefined
    return { reader, consents: await store.listConsents(reader.key), suppression: await store.findSuppression(email) }
  })
  if (!story) {
    throw new AppError(unknownSubscriber.code, unknownSubscriber.message(email), {
      kind: 'usage',
      hint: unknownSubscriber.hint(),
    })
  }
  if (json) terminal.out(JSON.stringify(toJson(story), null, 2))
  else printStory(context, story)
  return EXIT.done
}

function toJson({ reader, consents, suppression }: Story): Record<string, unknown> {
  return {
    version: 1,
    reader: readerToJson(reader),
    consents: consents.map(({ at, ...consent }) => ({ at: at.toISOString(), ...consent })),
    suppression: suppression ? { ...suppression, at: suppression.at.toISOString() } : null,
  }
}

function printStory({ terminal }: CommandContext, { reader, consents, suppression }: Story): void {
  const { bold, dim, green, yellow } = terminal.paint
  const status = reader.status === 'active' ? green(reader.status) : yellow(reader.status)
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['name', reader.name],
    ['status', status],
    ['language', reader.language],
    ['tags', reader.tags.join(', ') || undefined],
    ['joined', formatTime(reader.joinedAt)],
    ['source', reader.source],
    ...Object.entries(reader.fields),
    ['id', dim(reader.id)],
  ]
  const width = Math.max(...facts.map(([name]) => name.length))
  terminal.out(bold(reader.email))
  for (const [name, value] of facts) if (value !== undefined) terminal.out(`  ${name.padEnd(width)}  ${value}`)
  terminal.out('')
  for (const { at, kind, source, detail } of consents) {
    const how = [source, detail].filter((part) => part !== undefined).join(', ')
    terminal.out(`  ${formatTime(at)}  ${kind}${how && dim(`  ${how}`)}`)
  }
  if (suppression)
    terminal.out(`  ${formatTime(suppression.at)}  ${yellow('never mailed again')}  ${suppression.reason}`)
}

/** `2026-08-21 09:30 UTC` */
function formatTime(time: Date): string {
  return `${time.toISOString().slice(0, 16).replace('T', ' ')} UTC`
}
