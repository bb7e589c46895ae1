import { z } from 'zod'

/** The `database` section of the configuration. */
export const DatabaseSection = z.strictObject({
  url: z
    .string()
    .default('sqlite:data/letterpress.db')
    .describe('Where readers and deliveries are kept: sqlite:PATH, relative to the newsletter (DATABASE_URL).'),
})
