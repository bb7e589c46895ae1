import { createHash } from 'node:crypto'
import { phrasesOf, type Queries } from '../db/index.ts'
import type { ComposeOptions, composeMessage } from '../message/index.ts'

/** An issue as every reader gets it: message/ takes it, and here it is only kept. */
export type Rendered = Parameters<typeof composeMessage>[0]

/** Who sends, as the messages say it. */
export type Sender = Pick<ComposeOptions, 'name' | 'from' | 'replyTo' | 'url' | 'bouncesDomain' | 'unsubscribeMailbox'>

/** What all messages of a run are made of, whatever happens to the files afterwards. */
export interface Content {
  readonly rendered: Rendered
  readonly sender: Sender
  /** Bytes of an image of `rendered`, by its path: those that its hash stands for. */
  readonly readImage: (path: string) => Uint8Array
}

/** SHA-256 (hex) of what readers see, the same whatever the id of the issue; its page in the archive has that in it. */
export function fingerprint({ subject, preheader, html, text, archiveUrl }: Rendered): string {
  const seen = JSON.stringify([subject, preheader, html, text])
  return createHash('sha256')
    .update(archiveUrl === undefined ? seen : seen.replaceAll(archiveUrl, ''))
    .digest('hex')
}

/** In the transaction that freezes the run. */
export async function writeContent(tx: Queries, runKey: number, content: Content): Promise<void> {
  const { rendered, readImage } = content
  const rows = rendered.images.map(({ path }, position) => [runKey, position, readImage(path)])
  await tx.run('INSERT INTO run_contents (run_key, content) VALUES (?, ?)', [runKey, encodeContent(content)])
  await tx.runEach('INSERT INTO run_images (run_key, position, bytes) VALUES (?, ?, ?)', rows)
}

function encodeContent({ rendered, sender }: Content): string {
  return JSON.stringify({ rendered, sender })
}

export async function readContent(db: Queries, runKey: number): Promise<Content> {
  const row = await db.get<{ content: string }>('SELECT content FROM run_contents WHERE run_key = ?', [runKey])
  if (!row) throw new TypeError(`no run has the key ${runKey}`)
  // Written by encodeContent and by nobody else.
  const { rendered, sender } = JSON.parse(row.content) as Pick<Content, 'rendered' | 'sender'>
  const rows = await db.all<{ position: number; bytes: Uint8Array }>(
    'SELECT position, bytes FROM run_images WHERE run_key = ?',
    [runKey],
  )
  const images = new Map(rows.map(({ position, bytes }) => [rendered.images[position]?.path ?? '', bytes]))
  return { rendered, sender, readImage: (path) => find(images, path) }
}

/** The subject of a run's messages, with the fallbacks of its slots; the rest of what was frozen is not read. */
export async function readSubject(db: Queries, runKey: number): Promise<string> {
  const part = phrasesOf(db.dialect).jsonPart('content', ['rendered', 'subject'])
  const row = await db.get<{ subject: string }>(`SELECT ${part} AS subject FROM run_contents WHERE run_key = ?`, [
    runKey,
  ])
  if (!row) return ''
  const segments = JSON.parse(row.subject) as Rendered['subject']
  return segments.map((segment) => (typeof segment === 'string' ? segment : (segment.fallback ?? ''))).join('')
}

function find(images: ReadonlyMap<string, Uint8Array>, path: string): Uint8Array {
  const bytes = images.get(path)
  if (!bytes) throw new TypeError('an image of the run is missing')
  return bytes
}
