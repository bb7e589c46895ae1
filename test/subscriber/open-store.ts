import { Buffer } from 'node:buffer'
import { onTestFinished } from 'vitest'
import { fixClock, parseAddress, type Address } from '../../src/base/index.ts'
import { type Database, openDatabase } from '../../src/db/index.ts'
import {
  createSubscriberStore,
  type ImportOptions,
  type ImportReport,
  type SubscriberStore,
} from '../../src/subscriber/index.ts'
import { FIXED_TIME } from '../helpers/newsletter.ts'

export interface TestStore {
  readonly db: Database
  readonly store: SubscriberStore
  /** Imports a text, or pieces of bytes. */
  readonly take: (csv: string | readonly Uint8Array[], options?: Partial<ImportOptions>) => Promise<ImportReport>
  readonly exportText: (isRaw?: boolean) => Promise<string>
}

/** An empty list in memory, or in a file. */
export async function openStore(url = 'sqlite::memory:', root = '/'): Promise<TestStore> {
  const db = await openDatabase({ url, root })
  onTestFinished(async () => await db.close().catch(() => undefined))
  const store = createSubscriberStore(db, fixClock(FIXED_TIME))
  return {
    db,
    store,
    take: async (csv, options = {}) => {
      const pieces = typeof csv === 'string' ? [Buffer.from(csv)] : csv
      return await store.importCsv({ input: stream(pieces), fileName: 'list.csv', isDryRun: false, ...options })
    },
    exportText: async (isRaw = false) => {
      let text = ''
      for await (const piece of store.exportCsv({ segment: { kind: 'all' }, isRaw })) text += piece
      return text
    },
  }
}

/** Pieces as a file gives them. */
export async function* stream(pieces: readonly Uint8Array[]): AsyncGenerator<Uint8Array, void> {
  for (const piece of pieces) yield await Promise.resolve(piece)
}

export function address(text: string): Address {
  const email = parseAddress(text)
  if (email === undefined) throw new TypeError(`${text} is no address`)
  return email
}
