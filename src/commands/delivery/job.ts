import type { App } from '../../app.ts'
import type { Terminal } from '../../base/index.ts'
import type { Database } from '../../db/index.ts'
import type { CommandContext } from '../command.ts'

/** The flags of `send`. */
export interface SendFlags {
  readonly segment?: string
  /** `--at`. */
  readonly startsAt?: Date
  readonly isYes: boolean
  readonly isForced: boolean
  readonly withNewReaders: boolean
  readonly waitMs: number
  readonly unknown: 'ask' | 'resend' | 'skip'
  /** To how many in doubt the author said yes; missing: to all, by flag. */
  readonly mostResent?: number
  readonly isStrict: boolean
}

/** What every step of `send` works with. */
export interface SendJob {
  readonly context: CommandContext
  readonly flags: SendFlags
  /** Results go to stdout, with --json to stderr. */
  readonly terminal: Terminal
  readonly app: App
  readonly db: Database
}
