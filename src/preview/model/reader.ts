/** Somebody an issue can be seen as. */
export interface ReaderSummary {
  readonly id: string
  /** `fixture`: of `readers.yaml`; `subscriber`: of the list. */
  readonly kind: 'fixture' | 'subscriber'
  readonly email: string
  readonly name?: string
  readonly language?: string
  readonly tags: readonly string[]
  /** Of a subscriber: `active`, `unsubscribed` … */
  readonly status?: string
}

/** What the reader picker shows. */
export interface ReaderList {
  /** Fixture readers first, then subscribers in the order in which they came. */
  readonly readers: readonly ReaderSummary[]
  /** Whether there are more than are listed. */
  readonly hasMore: boolean
  /** Readers on the list, whatever their status; 0 without a store. */
  readonly subscribers: number
}

/** A value that stands in the mail without a fallback, and that somebody lacks. */
export interface MissingValue {
  /** `subscriber.name` … */
  readonly slot: string
  /** Whether the reader shown lacks it. */
  readonly isMissingHere: boolean
  /** How many of the audience lack it; missing: not counted yet. */
  readonly readers?: number
  /** Of how many. */
  readonly audience?: number
}
