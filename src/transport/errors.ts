import type { ErrorData } from '../base/index.ts'

export const invalidSmtpUrl = {
  code: 'transport/invalid-smtp-url',
  title: 'An SMTP URL that cannot be used',
  message: (reason: string) => `SMTP_URL cannot be used: ${reason}.`,
  hint: () => 'It looks like smtps://user:password@smtp.example.com:465 or smtp://user:password@smtp.example.com:587.',
} satisfies ErrorData

export const inboxFailed = {
  code: 'transport/inbox-failed',
  title: 'The embedded inbox cannot start',
  message: (reason: string) => `The embedded inbox cannot start: ${reason}.`,
} satisfies ErrorData

/** Every error of this module, for docs/errors.md. */
export const transportErrors: readonly ErrorData[] = [invalidSmtpUrl, inboxFailed]
