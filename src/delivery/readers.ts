import type { Clock } from '../base/index.ts'
import type { Database } from '../db/index.ts'
import { audienceCondition, createSubscriberStore, type Segment, suppress } from '../subscriber/index.ts'
import type { Audience } from './runs.ts'
import type { Readers } from './send-types.ts'

/** Who is in a segment and may be mailed, for `freeze` and `addAudience`. */
export function selectAudience(db: Database, segment: Segment): Audience {
  const { sql, values } = audienceCondition(segment, db.dialect)
  return { sql: `SELECT key FROM subscribers WHERE ${sql}`, values }
}

/** The list as the send loop sees it. */
export function createReaders(db: Database, clock: Clock): Readers {
  const store = createSubscriberStore(db, clock)
  return {
    find: async (key) => {
      const found = await store.findAddressee(key)
      if (!found) return 'forgotten'
      if (found.isMailable) return found.reader
      return found.status === 'unsubscribed' ? 'unsubscribed' : 'suppressed'
    },
    findDomains: async (keys) => {
      const found = await store.readRecipients(keys)
      return new Map(found.map(({ subscriber: { key, email } }) => [key, email.slice(email.lastIndexOf('@') + 1)]))
    },
    suppress: async (tx, email, { code, enhancedCode }) => {
      const detail = [code, enhancedCode].filter((part) => part !== undefined).join(' ')
      await suppress(tx, clock, email, 'bounced', { source: 'smtp', detail })
    },
  }
}
