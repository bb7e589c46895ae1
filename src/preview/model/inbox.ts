import type { HeaderField } from './issue.ts'

export interface InboxSummary {
  /** Name of the file without `.eml`. */
  readonly id: string
  readonly from: string
  readonly to: string
  readonly subject: string
  /** ISO 8601: when it arrived. */
  readonly date: string
  readonly sizeBytes: number
}

export interface InboxList {
  /** Newest first. */
  readonly messages: readonly InboxSummary[]
  /** That match; more than are listed when there are many. */
  readonly total: number
}

/** A message of the inbox, parsed; whoever sent it is not trusted. */
export interface InboxMessage extends InboxSummary {
  /** In order, decoded, unfolded. */
  readonly headers: readonly HeaderField[]
  readonly authentication: Authentication
  /** With the images that travel in the message as `data:` URLs. */
  readonly html?: string
  readonly text?: string
  readonly raw: Uint8Array
}

/** What can be said of a message's origin. */
export interface Authentication {
  readonly results: readonly AuthenticationResult[]
  /** Whether it came over TLS, by its topmost Received field; missing: it does not say. */
  readonly isOverTls?: boolean
}

export interface AuthenticationResult {
  readonly method: 'dkim' | 'spf' | 'dmarc' | 'arc'
  /** `pass`, `fail`, `none`, `neutral`, `temperror`, `permerror`, `policy`, `softfail` (RFC 8601 §2.7). */
  readonly result: string
  /** Domain it is about. */
  readonly domain?: string
  /** One sentence. */
  readonly detail: string
  /** `here`: found by looking at the bytes; `header`: a server on the way said so. */
  readonly source: 'here' | 'header'
}
