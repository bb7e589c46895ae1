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
      const [recipient] = await store.readRecipients([key])
      if (!recipient) return 'forgotten'
      const { subscriber, isMailable } = recipient
      if (isMailable) return subscriber
      return subscriber.status === 'unsubscribed' ? 'unsubscribed' : 'suppressed'
    },
    suppress: async (tx, email, { code, enhancedCode }) => {
      const detail = [code, enhancedCode].filter((part) => part !== undefined).join(' ')
      await suppress(tx, clock, email, 'bounced', { source: 'smtp', detail })
    },
  }
}
