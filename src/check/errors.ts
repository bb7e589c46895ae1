import type { ErrorData } from '../base/index.ts'

export const invalidOptions = {
  code: 'check/invalid-options',
  title: 'Options that a check does not have',
  message: (id: string, reason: string) => `The options of the check "${id}" are not valid: ${reason}`,
} satisfies ErrorData

/** Every error of this module, for docs/errors.md. */
export const checkErrors: readonly ErrorData[] = [invalidOptions]
