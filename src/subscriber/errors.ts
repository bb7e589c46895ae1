import type { ErrorData } from '../base/index.ts'

export const invalidReaders = {
  code: 'subscriber/invalid-readers',
  title: 'Fixture readers that cannot be read',
  message: (place: string, reason: string) => `The fixture readers cannot be read (${place}): ${reason}.`,
} satisfies ErrorData

/** Every error of this module, for docs/errors.md. */
export const subscriberErrors: readonly ErrorData[] = [invalidReaders]
