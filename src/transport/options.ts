import { z } from 'zod'

/** `smtp` section of the configuration. */
export const SmtpSection = z
  .strictObject({
    url: z
      .string()
      .optional()
      .describe('SMTP server: smtps://user:password@host:465. Belongs into SMTP_URL, never into the file.'),
    connections: z.number().int().min(1).max(200).default(10).describe('Connections at a time.'),
    timeoutMs: z
      .number()
      .int()
      .min(100)
      .max(3_600_000)
      .optional()
      .describe(
        'Milliseconds without an answer after which a connection counts as dead. Default: 1 minute, 10 for a whole message.',
      ),
  })
  .describe('The SMTP account that mails the list. Without it mail goes into the embedded inbox.')
