import { z } from 'zod'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const ms = (most: number) => z.number().int().min(1).max(most)

/** `limits` section of the configuration. They hold for SMTP alone: inbox, file and memory have none. */
export const LimitsSection = z
  .strictObject({
    perSecond: z
      .union([z.literal('unlimited'), z.number().positive().max(100_000)])
      .default(10)
      .describe("Messages per second over all connections; 'unlimited' must be written out."),
  })
  .describe('How fast mail may leave over SMTP.')

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
