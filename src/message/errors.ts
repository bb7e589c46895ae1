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

/** Every error of this module, for docs/errors.md. */
export const messageErrors: readonly ErrorData[] = [unsubscribeNotHttps, lineTooLong]
