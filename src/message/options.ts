import { z } from 'zod'
import { isAsciiAddress, type Mailbox, parseAddress, parseMailbox } from '../base/index.ts'

/**
 * `Name <name@example.com>` or an address alone, in ASCII: any other stands as it is in every reader's message, which
 * only servers with SMTPUTF8 may carry (RFC 6532 §3.2, RFC 6531 §3.6). A domain of other letters has an ASCII form.
 */
export const MailboxOption = z.string().transform((text, context): Mailbox => {
  const read = parseMailbox(text)
  if (read && isAsciiAddress(read.address)) return read
  const why = read
    ? 'has letters before the @ that few servers carry; write that part in ASCII'
    : 'is no address; write "Name <name@example.com>"'
  context.addIssue({ code: 'custom', message: `"${text}" ${why}` })
  return z.NEVER
})

// Read with the longest local part there is, so that every address made with it is short enough.
const domain = z.string().transform((text, context): string => {
  const address = parseAddress(`${'x'.repeat(64)}@${text.toLowerCase()}`)
  if (address) return address.slice(65)
  context.addIssue({ code: 'custom', message: `"${text}" is no domain such as news.example.com` })
  return z.NEVER
})

// A key pasted here instead of its path must not be quoted on a screen or in a log.
const keyFile = z
  .string()
  .min(1)
  .refine((text) => !text.includes('-----BEGIN'), { error: 'is a key; write the path of the file that holds it' })
  .describe('Path of the private key (PEM), relative to the newsletter. Keep it out of git.')

const selector = z
  .string()
  // RFC 6376 §3.1: labels of a domain name.
  .regex(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*$/i, {
    error: 'is no selector such as s1',
  })
  .max(120)

const Ed25519Key = z
  .strictObject({
    selector: selector.describe('Selector of the second key; another one than the first.'),
    keyFile,
  })
  .describe('A second signature with an Ed25519 key (RFC 8463).')

/** `dkim` section of the configuration. */
export const DkimSection = z
  .strictObject({
    domain: domain.describe('Domain that signs; that of the sender, or one under the same registered domain.'),
    selector: selector.describe('Name of the key: its record stands at SELECTOR._domainkey.DOMAIN.'),
    keyFile,
    ed25519: Ed25519Key.optional(),
  })
  .refine((dkim) => dkim.ed25519?.selector.toLowerCase() !== dkim.selector.toLowerCase(), {
    path: ['ed25519', 'selector'],
    error: 'is that of the first key; each key has a record of its own',
  })
  .optional()
  .describe('Signs every message (docs/dkim.md). Leave it out when your SMTP service signs for your domain.')

/** `bounces` section of the configuration. */
export const BouncesSection = z
  .strictObject({
    domain: domain.describe('Domain whose mail you read: every message has a return address of its own there (VERP).'),
  })
  .optional()
  .describe('Return addresses that say who bounced. Without it bounces come to the sender.')

/** `unsubscribe` of the configuration. */
export const UnsubscribeOption = z
  .union([
    z.literal('mailto').transform((): { readonly mailbox?: Mailbox } => ({})),
    MailboxOption.transform((mailbox): { readonly mailbox?: Mailbox } => ({ mailbox })),
    z.strictObject({
      mailbox: MailboxOption.describe('Where requests to unsubscribe go. Default: replyTo, else the sender.'),
    }),
  ])
  .optional()
  .describe(
    "'mailto': readers unsubscribe by mail alone; needed to mail a list without `url`. An address, or { mailbox: ADDRESS }: the same, with requests going there instead of to replyTo.",
  )

/** A validated `dkim` section. */
export type DkimOptions = NonNullable<z.output<typeof DkimSection>>
