import { setImmediate as turn } from 'node:timers/promises'
import type { Address, Clock } from '../base/index.ts'
import type { Database } from '../db/index.ts'
import { type AddResult, addSubscriber, type Details, type LeaveResult, type Origin } from './change.ts'
import * as change from './change.ts'
import { type Consent, listConsents } from './consent.ts'
import { toEmailKey } from './email-key.ts'
import * as find from './find.ts'
import type { ImportOptions, ImportReport } from './import/report.ts'
import { EVERYBODY, type Segment } from './segment.ts'
import type { SubscriberStatus } from './status.ts'
import type { Subscriber } from './subscriber.ts'
import { findSuppression, type Suppression, type SuppressionReason } from './suppression.ts'

/** The list: readers, their consent, and the addresses never to mail again. Every method may throw AppErrors of db/. */
export interface SubscriberStore {
  readonly findById: (id: string) => Promise<Subscriber | undefined>
  /** Under any spelling of the address. */
  readonly findByEmail: (email: Address) => Promise<Subscriber | undefined>
  readonly list: (options: find.PageOptions) => Promise<Subscriber[]>
  readonly listConsents: (key: number) => Promise<Consent[]>
  readonly countByStatus: (segment?: Segment) => Promise<Record<SubscriberStatus, number>>
  readonly countAudience: (segment: Segment) => Promise<number>
  /** How many of those have each tag, most frequent first. */
  readonly countByTag: (segment: Segment) => Promise<Readonly<Record<string, number>>>
  /** The active readers of a segment whose addresses are not suppressed, a page at a time. */
  readonly readAudience: (segment: Segment, signal?: AbortSignal) => AsyncGenerator<readonly Subscriber[], void>
  /** Readers by key, as they are now, with whether mail may go to them. */
  readonly readRecipients: (keys: readonly number[]) => Promise<find.Recipient[]>
  /** The same for one, in a single short statement. */
  readonly findAddressee: (key: number) => Promise<find.Addressee | undefined>
  readonly add: (email: Address, details?: Details) => Promise<AddResult>
  /** By the author: the same as unsubscribing. The row stays, so that no later import brings the address back. */
  readonly remove: (email: Address) => Promise<LeaveResult>
  /** For good; again does nothing. */
  readonly unsubscribe: (id: string, origin: Origin) => Promise<LeaveResult>
  readonly suppress: (email: Address, reason: SuppressionReason, origin: Origin) => Promise<void>
  readonly findSuppression: (email: Address) => Promise<Suppression | undefined>
  readonly importCsv: (options: ImportOptions) => Promise<ImportReport>
  /** The list as CSV, in pieces of some hundred rows. */
  readonly exportCsv: (options: ExportOptions) => AsyncGenerator<string, void>
}

export interface ExportOptions {
  readonly segment: Segment
  /** Cells as they are, also those that a spreadsheet takes for formulas. */
  readonly isRaw?: boolean
  readonly signal?: AbortSignal
}

const PAGE = 1000

/** The list in an opened database; whoever opened it closes it. */
export function createSubscriberStore(db: Database, clock: Clock): SubscriberStore {
  return {
    findById: async (id) => await find.findById(db, id),
    findByEmail: async (email) => await find.findByEmail(db, email),
    list: async (options) => await find.readPage(db, options),
    listConsents: async (key) => await listConsents(db, key),
    countByStatus: async (segment = EVERYBODY) => await find.countByStatus(db, segment),
    countAudience: async (segment) => await find.countAudience(db, segment),
    countByTag: async (segment) => await find.countByTag(db, segment),
    readAudience: (segment, signal) => readPages((after) => find.readAudiencePage(db, segment, after, PAGE), signal),
    readRecipients: async (keys) => await find.readRecipients(db, keys),
    findAddressee: async (key) => await find.findAddressee(db, key),
    add: async (email, details = {}) =>
      await db.transaction(async (tx) => await addSubscriber(tx, clock, email, details)),
    remove: async (email) => await db.transaction(async (tx) => await change.removeByAuthor(tx, clock, email)),
    unsubscribe: async (id, origin) =>
      await db.transaction(async (tx) => await change.unsubscribe(tx, clock, id, origin)),
    suppress: async (email, reason, origin) =>
      await db.transaction(async (tx) => await change.suppress(tx, clock, email, reason, origin)),
    findSuppression: async (email) => await findSuppression(db, toEmailKey(email)),
    importCsv: async (options) => await (await import('./import/import.ts')).importCsv(db, clock, options),
    exportCsv: async function* ({ segment, isRaw = false, signal }) {
      const { createCsvWriter } = await import('./export-csv.ts')
      const writer = createCsvWriter(await find.listFieldNames(db), isRaw)
      yield writer.header
      const pages = readPages((after) => find.readPage(db, { segment, after, limit: PAGE }), signal)
      for await (const page of pages) yield writer.write(page)
    },
  }
}

/** Pages by key, until one is empty or the signal says stop. */
async function* readPages(
  read: (after: number) => Promise<Subscriber[]>,
  signal: AbortSignal | undefined,
): AsyncGenerator<readonly Subscriber[], void> {
  let page = await read(0)
  while (page.length > 0 && !signal?.aborted) {
    yield page
    // Signals and timers get their turn: a million readers take seconds, and a store that is free answers at once.
    await turn()
    page = await read(page.at(-1)?.key ?? 0)
  }
}
