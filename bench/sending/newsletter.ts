/** A newsletter in a scratch folder whose mail has a given size, and a list of any length. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type App, openApp } from '../../src/app.ts'
import { createTerminal, parseAddress, systemClock } from '../../src/base/index.ts'
import type { Database } from '../../src/db/index.ts'
import { type Content, freeze, type Run, selectAudience } from '../../src/delivery/index.ts'
import { holdImages } from '../../src/render/index.ts'
import { createSubscriberStore, EVERYBODY } from '../../src/subscriber/index.ts'

const CONFIG = {
  name: 'Bench Weekly',
  from: 'Bench Weekly <news@news.example.org>',
  url: 'https://news.example.org',
  postalAddress: '1 Example Street, Exampletown',
  limits: { perSecond: 'unlimited' },
}

/** Opens it; everything goes to a local server without TLS. */
export async function openNewsletter(folder: string, port: number, connections: number): Promise<App> {
  const config = { ...CONFIG, smtp: { connections } }
  writeFileSync(join(folder, 'letterpress.config.js'), `export default ${JSON.stringify(config)}\n`)
  const environment = { SMTP_URL: `smtp://127.0.0.1:${port}`, LETTERPRESS_SECRET: 'b'.repeat(43) }
  const terminal = createTerminal({ stdout: process.stdout, stderr: process.stderr, quiet: true, colour: false })
  return await openApp({ root: folder, environment, clock: systemClock, terminal })
}

/** Octets of a message on the wire that may be missing or too many. */
const TOLERANCE = 0.02

/** What the messages of an issue with so many octets are made of. */
export async function makeContent(app: App, octets: number): Promise<Content> {
  const few = await renderEntries(app, 1)
  const some = await renderEntries(app, 11)
  const perEntry = ((await measure(app, some)) - (await measure(app, few))) / 10
  const entries = Math.max(1, 1 + Math.round((octets - (await measure(app, few))) / perEntry))
  const content = await renderEntries(app, entries)
  const size = await measure(app, content)
  if (Math.abs(size - octets) <= octets * TOLERANCE || entries === 1) return content
  throw new Error(`${entries} entries make a message of ${size} octets instead of ${octets}`)
}

async function measure(app: App, content: Content): Promise<number> {
  const email = parseAddress('reader-100000@d7.example.net')
  if (!email) throw new TypeError('no address')
  const reader = { id: 'a'.repeat(24), email, name: 'Reader 100000', tags: [], fields: {} }
  return (await app.composerFor(content)(reader, new Date(0))).raw.length
}

async function renderEntries(app: App, count: number): Promise<Content> {
  const { rendered, diagnostics } = await app.inspectSource(writeIssue(count), 'issues/bench.md')
  if (!rendered) throw new Error(`the issue does not render: ${diagnostics[0]?.message ?? ''}`)
  return { rendered, sender: app.sender, readImage: holdImages(rendered) }
}

export const ISSUE_ID = 'bench'

const SENTENCE =
  'The café’s naïve compiler – released “weekly” – reads a library, a village and a river for its maintainers. '

/** An issue with so many short entries. */
export function writeIssue(entries: number): string {
  const head = `---\ntitle: Bench\nid: ${ISSUE_ID}\ndate: 2026-08-21\n---\nHello {{ subscriber.name | default: "there" }}.\n\n## News\n`
  const entry = (_: unknown, index: number) =>
    `\n### [Story ${index + 1}](https://example.org/story/${index + 1})\n\n${SENTENCE.repeat(2)}\n`
  return head + Array.from({ length: entries }, entry).join('')
}

const INSERT = `INSERT INTO subscribers (id, email, email_key, name, status, tags, fields, joined_at, created_at, updated_at)
  VALUES (?, ?, ?, ?, 'active', '', '{}', 0, 0, 0)`
const NAMES = ['Ana', 'José', 'Łukasz', 'Mary Ann', 'Bob']
const AT_ONCE = 10_000

/** Adds active readers. */
export async function addReaders(db: Database, count: number): Promise<void> {
  for (let from = 0; from < count; from += AT_ONCE) {
    const rows = Array.from({ length: Math.min(AT_ONCE, count - from) }, (_, index) => {
      const number = from + index + 1
      const email = `reader-${number}@d${number % 997}.example.net`
      return [number.toString(16).padStart(24, '0'), email, email, `${NAMES[number % NAMES.length]} ${number}`]
    })
    await db.runEach(INSERT, rows)
  }
}

/** Freezes a run for the whole list, as `send` does. */
export async function freezeRun(app: App, db: Database, content: Content): Promise<Run> {
  const { value: page } = await createSubscriberStore(db, app.clock).readAudience(EVERYBODY).next()
  if (!page) throw new Error('nobody is on the list')
  const approval = {
    issueId: ISSUE_ID,
    slug: 'bench',
    file: 'issues/bench.md',
    segment: '',
    transport: 'smtp',
    approvedBy: 'flag',
    forced: [],
    at: app.clock.now(),
    content,
  } as const
  return await db.transaction(async (tx) => await freeze(tx, approval, selectAudience(db, EVERYBODY)))
}
