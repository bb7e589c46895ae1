import { z } from 'zod'

/** `smtp` section of the configuration. */
export const SmtpSection = z
  .strictObject({
    url: z
      .string()
      .optional()
      .describe('SMTP server: smtps://user:password@host:465. Belongs into SMTP_URL, never into the file.'),
    connections: z.number().int().min(1).max(200).default(10).describe('Connections at a time.'),
    messagesPerConnection: z
      .number()
      .int()
      .min(1)
      .max(100_000)
      .default(1000)
      .describe(
        'Messages over one connection before it is replaced. 1,000 is the limit that Exim sets by default; SparkPost asks for 100, MailerSend allows 5.',
      ),
    auth: z
      .enum(['password', 'xoauth2'])
      .default('password')
      .describe('What the password in SMTP_URL is: a password, or an OAuth 2.0 access token, which expires.'),
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
