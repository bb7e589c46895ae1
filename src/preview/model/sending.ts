/** What became of a test to one address. */
export interface TestResult {
  readonly to: string
  /** `accepted`: the server has it. */
  readonly kind: 'accepted' | 'transient' | 'permanent' | 'server' | 'unknown'
  readonly code?: number
  /** The server's own words, or what went wrong before it said any. */
  readonly reply: string
}

/** A test that was sent. */
export interface SentTest {
  readonly results: readonly TestResult[]
  /** `inbox`: nobody received it. */
  readonly transport: string
  /** `smtp.example.com:587`, or the inbox's folder. */
  readonly place: string
  /** Of what was sent. */
  readonly hash: string
  /** Whether the issue counts as tested now: a server took it, the way that a send would take. */
  readonly isRecorded: boolean
}

/** What `letterpress plan` tells. */
export interface SendPlan {
  /** Id of the issue. */
  readonly issue: string
  readonly slug: string
  readonly title: string
  readonly hash?: string
  /** Empty: everybody. */
  readonly segment: string
  /** Readers that get it. */
  readonly audience: number
  /** Readers that do not: suppressed, unsubscribed, bounced, complained, pending (not confirmed). */
  readonly leftOut: Readonly<Record<'suppressed' | 'unsubscribed' | 'bounced' | 'complained' | 'pending', number>>
  readonly missing: readonly { readonly slot: string; readonly readers: number }[]
  /** Octets of one message. */
  readonly sizeBytes?: number
  /** At least so long under the limits. */
  readonly seconds?: number
  readonly limitsUsed: readonly LimitUsed[]
  readonly transport: 'smtp' | 'inbox'
  readonly place: string
  /** ISO 8601; missing: not as it is now, or only in a way that does not count. */
  readonly testedAt?: string
  /** Whether it was test-sent as it is now, but into the embedded inbox only, and a server would send it. */
  readonly isTestedInInboxOnly: boolean
  /** Why `send` would refuse; empty once it was approved. */
  readonly refusals: readonly { readonly kind: string; readonly text: string; readonly canForce: boolean }[]
  /** What to type in a terminal. */
  readonly command: string
  /** The send that was approved already; unless it was cancelled, it goes on with what was frozen then. */
  readonly run?: RunSummary
}

export interface LimitUsed {
  readonly limit: 'perDay' | 'perHour' | 'perMinute'
  readonly most: number
  readonly used: number
}

export interface RunCounts {
  readonly pending: number
  readonly handed: number
  readonly accepted: number
  readonly deferred: number
  readonly failed: number
  readonly unknown: number
  readonly skipped: number
}

/** A send, as the ledger tells it. */
export interface RunSummary {
  /** Id of the issue. */
  readonly issue: string
  readonly slug: string
  /** As approved: of the message's subject, with its slots' fallbacks. */
  readonly subject: string
  readonly state: 'scheduled' | 'sending' | 'incomplete' | 'paused' | 'cancelled' | 'finished'
  readonly total: number
  readonly counts: RunCounts
  /** `inbox`: a rehearsal, nobody receives it. */
  readonly transport: string
  /** ISO 8601. */
  readonly approvedAt: string
  readonly startsAt?: string
  readonly startedAt?: string
  readonly finishedAt?: string
  /** Over the last seconds while it is sent, else over all the time spent sending; missing before anything was. */
  readonly messagesPerSecond?: number
  /** While it is sent. */
  readonly secondsLeft?: number
  /** Which levers do something now. */
  readonly levers: readonly RunLever[]
}

/** All sends. */
export interface RunList {
  /** ISO 8601: when they were looked at. */
  readonly at: string
  /** Newest first. */
  readonly runs: readonly RunSummary[]
}

export type RunLever = 'pause' | 'resume' | 'cancel'

/** All that is known of a send. */
export interface RunDetail extends RunSummary {
  /** Of the content, as approved. */
  readonly hash: string
  /** Empty: everybody. */
  readonly segment: string
  /** What --force overrode. */
  readonly forced: readonly string[]
  /** The process that sends it. */
  readonly runner?: { readonly pid: number; readonly host: string; readonly since: string }
  /** Replies that were no acceptance, most frequent first. */
  readonly replies: readonly { readonly kind: string; readonly code?: number; readonly count: number }[]
  /** Oldest first. */
  readonly story: readonly {
    readonly at: string
    readonly what: string
    readonly how?: string
    readonly detail?: string
  }[]
  /** Counts over time, oldest first: one a second while a page was open and something changed. */
  readonly history: readonly RunSample[]
}

export interface RunSample extends RunCounts {
  /** ISO 8601. */
  readonly at: string
}
