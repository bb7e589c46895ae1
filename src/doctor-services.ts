import { relative } from 'node:path'
import type { App } from './app.ts'
import { parseDatabaseUrl } from './db/index.ts'
import { listRuns } from './delivery/index.ts'
import type { DoctorServices, Newsletter } from './doctor/index.ts'
import { buildReaderLinks } from './message/index.ts'

/** Id of nobody: what is asked in its name changes nothing. */
const NOBODY = 'doctor'

/** What the doctor examines, as the configuration says it. */
export function describeNewsletter({ config }: App): Newsletter {
  const { name, from, url, postalAddress, reason, unsubscribe, dkim, bounces, smtp } = config
  const { url: smtpUrl, timeoutMs, ...others } = smtp
  return {
    name,
    from,
    url,
    postalAddress,
    reason,
    leavesByMail: unsubscribe !== undefined,
    dkim,
    bounces,
    ...(smtpUrl ? { smtp: { url: smtpUrl, ...others, ...(timeoutMs ? { timeoutMs } : {}) } } : {}),
  }
}

/** What the doctor asks for, from the newsletter on disk; nothing of it makes a secret or a store. */
export function createDoctorServices(app: App): DoctorServices {
  const { root, config } = app
  const known = app.findKey()
  const place = parseDatabaseUrl(config.database.url, root)
  return {
    root,
    configFile: relative(root, app.configFile),
    secret: known && { value: known.key.secret, isInFile: known.isInFile },
    storeFile: place === ':memory:' ? undefined : place,
    readStore: async () => {
      const db = await app.openStoreForReading()
      try {
        const times = (await listRuns(db)).map(({ approvedAt }) => approvedAt.getTime())
        return times.length > 0 ? { lastEventAt: new Date(Math.max(...times)) } : {}
      } finally {
        await db.close()
      }
    },
    largestMessage: async () => {
      const [reader] = app.listReaders()
      let largest: Awaited<ReturnType<DoctorServices['largestMessage']>>
      for (const { id, file, rendered } of await app.inspect([])) {
        if (!rendered) continue
        const message = await app.compose(rendered, reader, 'sample')
        if (!largest || message.raw.length > largest.message.raw.length) largest = { issue: id ?? file, message }
      }
      return largest
    },
    testLink: () => {
      if (!known || !config.url) return undefined
      const [reader] = app.listReaders()
      const options = { url: config.url, unsubscribeMailbox: config.from, key: known.key, purpose: 'test' } as const
      return buildReaderLinks({ ...reader, id: NOBODY }, options).unsubscribePage
    },
  }
}
