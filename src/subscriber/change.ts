import { type Address, type Clock } from '../base/index.ts'
import type { Queries } from '../db/index.ts'
import { type ConsentKind, recordConsent } from './consent.ts'
import { toEmailKey } from './email-key.ts'
import { findByEmail, findById } from './find.ts'
import { createId } from './id.ts'
import { isFinal, outranks, type SubscriberStatus } from './status.ts'
import type { Subscriber } from './subscriber.ts'
import { findSuppression, type SuppressionReason, writeSuppression } from './suppression.ts'
import { joinTags } from './tags.ts'

/** What may be said about a reader besides the address. Tags are normalised (`normalizeTag`). */
export interface Details {
  readonly name?: string
  readonly language?: string
  readonly tags?: readonly string[]
  readonly source?: string
}

/**
 * `added`: new and active. `changed`, `unchanged`: was there. `kept`: left, bounced, complained or suppressed, and so
 * not touched at all; nobody is ever subscribed again by somebody else.
 */
export type AddResult =
  | { readonly kind: 'added' | 'changed' | 'unchanged'; readonly subscriber: Subscriber }
  | { readonly kind: 'kept'; readonly because: SubscriberStatus | 'suppressed' }

/** Adds one reader by the author's hand; a pending one stays pending. */
export async function addSubscriber(tx: Queries, clock: Clock, email: Address, details: Details): Promise<AddResult> {
  const now = clock.now()
  const known = await findByEmail(tx, email)
  if (known && isFinal(known.status)) return { kind: 'kept', because: known.status }
  if (await findSuppression(tx, toEmailKey(email))) return { kind: 'kept', because: 'suppressed' }
  if (!known) {
    await insert(tx, now, email, details)
    const subscriber = await mustFind(tx, email)
    await recordConsent(tx, subscriber.key, { at: now, kind: 'added', source: 'author' })
    return { kind: 'added', subscriber }
  }
  return (await update(tx, now, known, details))
    ? { kind: 'changed', subscriber: await mustFind(tx, email) }
    : { kind: 'unchanged', subscriber: known }
}

async function insert(tx: Queries, now: Date, email: Address, details: Details): Promise<void> {
  await tx.run(
    `INSERT INTO subscribers (id, email, email_key, name, language, status, tags, fields, joined_at, source, created_at, updated_at)
     VALUES (?, ?, ?, ?, ?, 'active', ?, '{}', ?, ?, ?, ?)`,
    [
      createId(),
      email,
      toEmailKey(email),
      details.name ?? null,
      details.language ?? null,
      joinTags(details.tags ?? []),
      now,
      details.source ?? null,
      now,
      now,
    ],
  )
}

async function update(tx: Queries, now: Date, known: Subscriber, details: Details): Promise<boolean> {
  const before = [known.name ?? null, known.language ?? null, joinTags(known.tags), known.source ?? null]
  const after = [
    details.name ?? known.name ?? null,
    details.language ?? known.language ?? null,
    joinTags([...known.tags, ...(details.tags ?? [])]),
    details.source ?? known.source ?? null,
  ]
  if (before.every((value, index) => value === after[index])) return false
  await tx.run('UPDATE subscribers SET name = ?, language = ?, tags = ?, source = ?, updated_at = ? WHERE key = ?', [
    ...after,
    now,
    known.key,
  ])
  return true
}

async function mustFind(tx: Queries, email: Address): Promise<Subscriber> {
  const subscriber = await findByEmail(tx, email)
  if (!subscriber) throw new TypeError('a reader just written is not found')
  return subscriber
}

/** Where a change of status came from. */
export interface Origin {
  /** `author`, `link`, `one-click`, `mail`, `import` … */
  readonly source: string
  readonly detail?: string
}

/** `unknown`: no such reader. `already`: nothing left to change. */
export type LeaveResult = 'left' | 'already' | 'unknown'

/** Takes a reader off the list, for good; once is enough. */
export async function unsubscribe(tx: Queries, clock: Clock, id: string, origin: Origin): Promise<LeaveResult> {
  return await leave(tx, clock, await findById(tx, id), 'unsubscribed', origin)
}

/** Takes an address off the list by the author's hand. The row stays, so that no later import brings it back. */
export async function removeByAuthor(tx: Queries, clock: Clock, email: Address): Promise<LeaveResult> {
  return await leave(tx, clock, await findByEmail(tx, email), 'unsubscribed', { source: 'author' })
}

const STATUS_OF: Readonly<Record<SuppressionReason, Exclude<SubscriberStatus, 'active' | 'pending'>>> = {
  bounced: 'bounced',
  complained: 'complained',
  author: 'unsubscribed',
}

/** Never mails an address again, whether it is on the list or not. */
export async function suppress(
  tx: Queries,
  clock: Clock,
  email: Address,
  reason: SuppressionReason,
  origin: Origin,
): Promise<void> {
  const at = clock.now()
  const detail = origin.detail === undefined ? {} : { detail: origin.detail }
  await writeSuppression(tx, toEmailKey(email), { reason, at, ...detail })
  await leave(tx, clock, await findByEmail(tx, email), STATUS_OF[reason], origin)
}

async function leave(
  tx: Queries,
  clock: Clock,
  known: Subscriber | undefined,
  status: SubscriberStatus & ConsentKind,
  origin: Origin,
): Promise<LeaveResult> {
  if (!known) return 'unknown'
  if (!outranks(status, known.status)) return 'already'
  const at = clock.now()
  await tx.run('UPDATE subscribers SET status = ?, updated_at = ? WHERE key = ?', [status, at, known.key])
  await recordConsent(tx, known.key, { at, kind: status, ...origin })
  return 'left'
}
