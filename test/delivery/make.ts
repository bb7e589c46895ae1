import { readFileSync } from 'node:fs'
import { onTestFinished } from 'vitest'
import { type Clock, parseAddress, parseMailbox } from '../../src/base/index.ts'
import { type Database, openDatabase } from '../../src/db/index.ts'
import {
  type Approval,
  type Audience,
  type Content,
  freeze,
  type Rendered,
  type Sender,
} from '../../src/delivery/index.ts'
import { composeMessage, type Message } from '../../src/message/index.ts'
import type { Reader } from '../../src/subscriber/index.ts'
import { makeFolder } from '../helpers/folder.ts'

/** A clock that stands where it is put. */
export interface MovableClock extends Clock {
  move(ms: number): void
}

export function makeClock(start = new Date('2026-08-21T06:00:00Z')): MovableClock {
  let ms = start.getTime()
  return { now: () => new Date(ms), move: (by) => void (ms += by) }
}

/** A store of its own in a file, closed when the test ends. */
export async function openStore(root = makeFolder(), lockWaitMs = 500): Promise<Database> {
  const db = await openDatabase({ url: 'sqlite:store.db', root, lockWaitMs })
  onTestFinished(() => db.close())
  return db
}

/** Adds active readers `reader-1@example.com` …; their keys are 1 …. */
export async function addReaders(db: Database, count: number): Promise<void> {
  await db.runEach(
    `INSERT INTO subscribers (id, email, email_key, name, status, tags, fields, joined_at, created_at, updated_at)
      VALUES (?, ?, ?, ?, 'active', '', '{}', 0, 0, 0)`,
    Array.from({ length: count }, (_, index) => {
      const email = `reader-${index + 1}@example.com`
      return [`r${index + 1}`, email, email, `Reader ${index + 1}`]
    }),
  )
}

export const EVERYBODY: Audience = { sql: "SELECT key FROM subscribers WHERE status = 'active'", values: [] }

export function makeRendered(more: Partial<Rendered> = {}): Rendered {
  return {
    issueId: '2026-w34',
    template: 'digest',
    language: 'en',
    direction: 'ltr',
    subject: ['Hello'],
    preheader: [],
    html: ['<p>Hello ', { slot: 'subscriber.name', fallback: 'there' }, '</p>'],
    text: ['Hello ', { slot: 'subscriber.name', fallback: 'there' }],
    images: [],
    hash: 'a'.repeat(64),
    ...more,
  }
}

const from = parseMailbox('Test <test@news.example.com>')

export function makeApproval(more: Partial<Approval> = {}, rendered = makeRendered()): Approval {
  if (!from) throw new TypeError('no sender')
  return {
    issueId: rendered.issueId,
    slug: rendered.issueId,
    file: `issues/${rendered.issueId}.md`,
    segment: '',
    transport: 'smtp',
    approvedBy: 'flag',
    forced: [],
    at: new Date('2026-08-21T06:00:00Z'),
    content: hold(rendered, { name: 'Test', from }),
    ...more,
  }
}

function hold(rendered: Rendered, sender: Sender): Content {
  const images = new Map(rendered.images.map(({ path }) => [path, readFileSync(path)]))
  return { rendered, sender, readImage: (path) => images.get(path) ?? Buffer.alloc(0) }
}

/** Freezes a run for so many readers. */
export async function makeRun(db: Database, readers: number, more: Partial<Approval> = {}) {
  await addReaders(db, readers)
  return await db.transaction(async (tx) => await freeze(tx, makeApproval(more), EVERYBODY))
}

/** The reader with a key, as `addReaders` made them. */
export function makeReader(key: number): Reader {
  const email = parseAddress(`reader-${key}@example.com`)
  if (!email) throw new TypeError('no address')
  return { id: `r${key}`, email, name: `Reader ${key}`, tags: [], fields: {} }
}

export async function compose(reader: Reader, date: Date): Promise<Message> {
  if (!from) throw new TypeError('no sender')
  const key = { id: 'k1', secret: 'secret' }
  return await composeMessage(makeRendered(), reader, { name: 'Test', from, key, purpose: 'unsubscribe', date })
}

/** State of each delivery by reader key. */
export async function readStates(db: Database, runKey: number): Promise<number[]> {
  const rows = await db.all<{ state: number }>('SELECT state FROM deliveries WHERE run_key = ? ORDER BY reader_key', [
    runKey,
  ])
  return rows.map(({ state }) => state)
}
