import type { Address } from '../base/index.ts'

/** Somebody a mail is written for: a subscriber, or a fixture reader of `readers.yaml`. */
export interface Reader {
  /** Letters, digits, `_` and `-`; stands in tokens and Message-IDs. */
  readonly id: string
  readonly email: Address
  readonly name?: string
  readonly language?: string
  readonly tags: readonly string[]
  readonly fields: Readonly<Record<string, string>>
}
