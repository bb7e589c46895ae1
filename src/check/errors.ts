import type { ErrorData } from '../base/index.ts'

export const unknownRule = {
  code: 'check/unknown-rule',
  title: 'Unknown check',
  message: (id: string, near?: string) => `No check is named "${id}".${near ? ` Did you mean "${near}"?` : ''}`,
  hint: (ids: readonly string[]) => `Checks are ${ids.join(', ')}; see docs/checks.md.`,
} satisfies ErrorData

export const invalidOptions = {
  code: 'check/invalid-options',
  title: 'Options that a check does not have',
  message: (id: string, reason: string) => `The options of the check "${id}" are not valid: ${reason}`,
} satisfies ErrorData

/** Every error of this module, for docs/errors.md. */
export const checkErrors: readonly ErrorData[] = [unknownRule, invalidOptions]
