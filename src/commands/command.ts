import type { Readable, Writable } from 'node:stream'
import type { Environment } from '../config/index.ts'
import { AppError, type Clock, type Terminal } from '../base/index.ts'
import { invalidPort } from './errors.ts'

/** DESIGN §9: what the process says to the script that called it. */
export const EXIT = {
  done: 0,
  content: 1,
  usage: 2,
  incomplete: 3,
  environment: 4,
  interrupted: 130,
  /** The reader of our output went away before it was whole; as SIGPIPE would have it. */
  cutOff: 141,
} as const

export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

/** What every command gets. */
export interface CommandContext {
  /** Absolute path of the newsletter. */
  readonly root: string
  /** Absolute path of the folder that the command was started in: paths on the command line are relative to it. */
  readonly cwd: string
  readonly terminal: Terminal
  /** For what is read or written in the form in which others take it: a list. */
  readonly stdin: Readable
  readonly stdout: Writable
  /** `--json`: one JSON document on stdout, everything else on stderr. */
  readonly json: boolean
  /** Mail goes into an inbox of its own, whatever server is set: the demo. */
  readonly isRehearsal?: boolean
  readonly environment: Environment
  readonly clock: Clock
  /** Aborted by SIGINT, SIGTERM, SIGHUP and the death of the launching process. */
  readonly signal: AbortSignal
}

/** A flag; its value's type and default stand in the command's own code or in the configuration's schema. */
export interface CommandOption {
  /** `--out <folder>` */
  readonly flags: string
  readonly summary: string
  readonly choices?: readonly string[]
}

/** One command of the command line; help text and reference page come from this definition. */
export interface Command {
  readonly name: string
  /** As in usage lines: `[issue...]`. */
  readonly arguments?: string
  readonly summary: string
  /** A paragraph of help. */
  readonly description: string
  readonly options: readonly CommandOption[]
  readonly examples: readonly { readonly command: string; readonly does: string }[]
  /** What is said when a second request to stop ends it at once. */
  readonly whenCut?: string
  readonly run: (context: CommandContext, args: readonly string[], options: OptionValues) => Promise<ExitCode>
}

/** Commands under one name: `subscribers import`. */
export interface CommandGroup {
  readonly name: string
  readonly summary: string
  readonly description: string
  /** In the order of the help text. */
  readonly subcommands: readonly Command[]
}

/** Flags by name in camel case: a text, or true for a switch. */
export type OptionValues = Readonly<Record<string, string | boolean | undefined>>

/** Keeps the literal type of a definition. */
export function defineCommand(command: Command): Command {
  return command
}

/** A flag's text; undefined when it was not given. */
export function textOption(options: OptionValues, name: string): string | undefined {
  const value = options[name]
  return typeof value === 'string' ? value : undefined
}

/** The flag `--port`; undefined when it was not given. @throws AppError `command/invalid-port` */
export function portOption(options: OptionValues): number | undefined {
  const text = textOption(options, 'port')
  if (text === undefined) return undefined
  const port = Number(text)
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port
  throw new AppError(invalidPort.code, invalidPort.message(text), { kind: 'usage', hint: invalidPort.hint() })
}

/** Why a message stayed in the inbox. */
export function explainInbox({ isRehearsal }: CommandContext): string {
  return isRehearsal ? 'the demo never uses a mail server, whatever SMTP_URL says' : 'no SMTP server is set (SMTP_URL)'
}

/** Resolves when the command is asked to end. */
export async function untilStopped(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return
  await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
}
