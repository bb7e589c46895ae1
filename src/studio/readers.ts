import type { App } from '../app.ts'
import { AppError } from '../base/index.ts'
import { noReader, type ReaderList, type ReaderSummary } from '../preview/index.ts'
import { createSubscriberStore, type Reader, searchReaders, type Subscriber } from '../subscriber/index.ts'
import type { StoreView } from './store-view.ts'

/** Subscribers of one answer. */
const MAX_LISTED = 50

/** Somebody an issue is shown as. */
export interface ShownReader {
  readonly reader: Reader
  readonly summary: ReaderSummary
}

/** Fixture readers and subscribers whose name, address or tags hold a text. @param ids - of readers that are listed as well. */
export async function listReaders(
  app: App,
  store: StoreView,
  query: string,
  ids: readonly string[] = [],
): Promise<ReaderList> {
  const fixtures = app.listReaders().filter((reader) => holds(reader, query) || ids.includes(reader.id))
  const found = await store.read(app, async (db) => {
    const all = createSubscriberStore(db, app.clock)
    const [rows, byStatus] = [await searchReaders(db, query, MAX_LISTED + 1), await all.countByStatus()]
    const named: Subscriber[] = []
    for (const id of ids) named.push(...[(await all.findById(id)) ?? []].flat())
    return { rows, named, subscribers: Object.values(byStatus).reduce((sum, count) => sum + count, 0) }
  })
  const rows = found?.rows ?? []
  const listed = rows.slice(0, MAX_LISTED)
  const others = (found?.named ?? []).filter(({ id }) => listed.every((row) => row.id !== id))
  return {
    readers: [...fixtures.map(describeFixture), ...[...listed, ...others].map(describeSubscriber)],
    hasMore: rows.length > MAX_LISTED,
    subscribers: found?.subscribers ?? 0,
  }
}

/** @param id - missing: the first fixture reader. @throws AppError `preview/no-reader` */
export async function findReader(app: App, store: StoreView, id: string | undefined): Promise<ShownReader> {
  const fixtures = app.listReaders()
  const fixture = id === undefined ? fixtures[0] : fixtures.find((reader) => reader.id === id)
  if (fixture) return { reader: fixture, summary: describeFixture(fixture) }
  const subscriber = await store.read(app, async (db) => await createSubscriberStore(db, app.clock).findById(id ?? ''))
  if (subscriber) return { reader: subscriber, summary: describeSubscriber(subscriber) }
  throw new AppError(noReader.code, noReader.message(id ?? ''), { kind: 'usage', hint: noReader.hint() })
}

function holds({ email, name = '', tags }: Reader, query: string): boolean {
  return `${email} ${name} ${tags.join(' ')}`.toLowerCase().includes(query.toLowerCase())
}

function describeFixture(reader: Reader): ReaderSummary {
  return describe(reader, 'fixture')
}

function describeSubscriber(reader: Subscriber): ReaderSummary {
  return { ...describe(reader, 'subscriber'), status: reader.status }
}

function describe({ id, email, name, language, tags }: Reader, kind: ReaderSummary['kind']): ReaderSummary {
  return { id, kind, email, tags, ...(name ? { name } : {}), ...(language ? { language } : {}) }
}
