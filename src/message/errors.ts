import type { ErrorData } from '../base/index.ts'

export const unsubscribeNotHttps = {
  code: 'message/unsubscribe-not-https',
  title: 'An unsubscribe page without https',
  message: (url: string) =>
    `The unsubscribe page must be an https address that fits in 900 characters; "${url}" is not.`,
  hint: () => 'Set `url` in letterpress.config.ts to an https address.',
} satisfies ErrorData

export const lineTooLong = {
  code: 'message/line-too-long',
  title: 'A line longer than SMTP allows',
  message: (octets: number) => `A line of the message has ${octets} octets; SMTP allows 998.`,
} satisfies ErrorData

export const dkimKeyUnreadable = {
  code: 'message/dkim-key-unreadable',
  title: 'A DKIM key that cannot be read',
  message: (file: string, reason: string) => `The DKIM key ${file} cannot be read: ${reason}. Nothing was sent.`,
  hint: () => 'dkim.keyFile is relative to the newsletter; docs/dkim.md says how a key is made.',
} satisfies ErrorData

export const dkimKeyUnusable = {
  code: 'message/dkim-key-unusable',
  title: 'A DKIM key that cannot sign',
  message: (file: string, why: string) => `The DKIM key ${file} cannot be used: ${why}. Nothing was sent.`,
  hint: () => 'docs/dkim.md says how a key is made.',
} satisfies ErrorData

export const dkimNotProved = {
  code: 'message/dkim-not-proved',
  title: 'DKIM signatures that do not verify',
  message: (reason: string) =>
    `A message signed with the DKIM keys does not verify with their public halves (${reason}). Nothing was sent.`,
  hint: () => 'Make new keys as docs/dkim.md says; if they fail too, this is an error of Letterpress.',
} satisfies ErrorData

export const dkimNotAligned = {
  code: 'message/dkim-not-aligned',
  title: 'A DKIM domain that is not the sender’s',
  message: (domain: string, from: string) =>
    `Messages from ${from} would be signed by ${domain}, which DMARC does not count. Nothing was sent.`,
  hint: (from: string) => `Set dkim.domain to ${from} or a domain above it, and publish the key there.`,
} satisfies ErrorData

/** Every error of this module, for docs/errors.md. */
export const messageErrors: readonly ErrorData[] = [
  unsubscribeNotHttps,
  lineTooLong,
  dkimKeyUnreadable,
  dkimKeyUnusable,
  dkimNotProved,
  dkimNotAligned,
]
