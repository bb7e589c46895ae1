import { z } from 'zod'
import { GROUP_NAMES } from './limits/groups.ts'
import { PRESET_NAMES } from './limits/presets.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const ms = (most: number) => z.number().int().min(1).max(most)

const amount = z.union([z.literal('unlimited'), z.number().positive().max(100_000)])
const whole = z.union([z.literal('unlimited'), z.number().int().positive().max(100_000_000)])

const amounts = {
  perSecond: amount
    .optional()
    .describe("Messages per second over all connections and processes. Default: the preset's, else 10."),
  perMinute: whole.optional().describe("Messages in any minute. Default: the preset's, else no limit."),
  perHour: whole.optional().describe("Messages in any hour. Default: the preset's, else no limit."),
  perDay: whole.optional().describe("Messages in any 24 hours. Default: the preset's, else no limit."),
}

const domainLimit = z.strictObject(amounts)

/** `limits` section of the configuration. They hold for SMTP alone: inbox, file and memory have none. */
export const LimitsSection = z
  .strictObject({
    preset: z.enum(PRESET_NAMES).optional().describe('What a common relay allows: docs/limits.md.'),
    ...amounts,
    domains: z
      .record(
        z.string().refine(isGroup, { error: `is neither a domain nor one of ${GROUP_NAMES.join(', ')}` }),
        domainLimit,
      )
      .default({})
      .describe('Limits besides for a provider (gmail, microsoft, yahoo …) or a domain of recipients.'),
  })
  .describe("How fast mail may leave over SMTP; 'unlimited' must be written out.")

function isGroup(name: string): boolean {
  return GROUP_NAMES.includes(name) || /^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/.test(name)
}

/** `retry` section of the configuration. */
export const RetrySection = z
  .strictObject({
    firstMs: ms(24 * HOUR_MS)
      .default(5 * MINUTE_MS)
      .describe('Milliseconds until a deferred message is tried again; each further wait is twice as long.'),
    maxMs: ms(24 * HOUR_MS)
      .default(4 * HOUR_MS)
      .describe('Longest wait between two tries, in milliseconds.'),
    giveUpMs: ms(7 * 24 * HOUR_MS)
      .default(24 * HOUR_MS)
      .describe('Milliseconds after the first try when a deferred message counts as failed.'),
    reconnectMs: ms(10 * MINUTE_MS)
      .default(1000)
      .describe(
        'First pause in milliseconds after the server was lost; each further one is twice as long, up to a minute.',
      ),
    slowMs: ms(24 * HOUR_MS)
      .default(10 * MINUTE_MS)
      .describe(
        'Milliseconds without any mail after the server asked for less (421 4.7.x, "rate exceeded"); twice as long each time in a row, up to an hour.',
      ),
    reconnects: z
      .number()
      .int()
      .min(0)
      .max(1000)
      .default(8)
      .describe('Pauses in a row after which a send gives up on the server and can be resumed later.'),
  })
  .describe('When what did not go through is tried again.')

export type LimitOptions = z.output<typeof LimitsSection>
export type RetryOptions = z.output<typeof RetrySection>
