import { z } from 'zod'

/** Placeholder of the whole; each module's options join here. */
export const ConfigSchema = z.strictObject({
  name: z.string(),
})

export type ConfigInput = z.input<typeof ConfigSchema>
