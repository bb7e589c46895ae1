import { createInterface } from 'node:readline/promises'
import type { Readable, Writable } from 'node:stream'
import type { Paint } from './code-frame.ts'
import { createPaint } from './paint.ts'

/** Where a command writes: results to `out`, everything else to `err`. */
export interface Terminal {
  /** What was asked for; ends in a line feed of its own. */
  readonly out: (text: string) => void
  /** Progress and remarks; nothing with --quiet. */
  readonly note: (text: string) => void
  /** Warnings and errors; always shown. */
  readonly err: (text: string) => void
  /** Colours for `out`. */
  readonly paint: Paint
  /** Colours for `note` and `err`. */
  readonly errPaint: Paint
  /** Whether only the result is wanted (--quiet). */
  readonly isQuiet: boolean
  /** Whether a person watches. */
  readonly isInteractive: boolean
  /** Shows a line in place of the last one so shown; empty clears it. Nothing unless a person watches. */
  readonly rewrite: (line: string) => void
  /**
   * Asks a person; missing when none can answer.
   *
   * @returns undefined when they broke off.
   */
  readonly ask?: (question: string) => Promise<string | undefined>
}

/** What may lead to a terminal, as those of a process do. */
export type OutputStream = Writable & { readonly isTTY?: boolean; hasColors?(): boolean }
export type InputStream = Readable & { readonly isTTY?: boolean }

/** The streams and switches a terminal is made of. */
export interface TerminalOptions {
  readonly stdout: OutputStream
  readonly stderr: OutputStream
  /** Missing: nobody is asked anything. */
  readonly stdin?: InputStream
  readonly quiet: boolean
  /** `false` for --no-color; NO_COLOR and FORCE_COLOR are read by the streams themselves. */
  readonly colour: boolean
}

export function createTerminal({ stdout, stderr, stdin, quiet, colour }: TerminalOptions): Terminal {
  const hasColours = (stream: OutputStream) => colour && stream.isTTY === true && stream.hasColors?.() === true
  const write = (stream: OutputStream) => (text: string) => void stream.write(`${text}\n`)
  return {
    out: write(stdout),
    note: quiet ? () => undefined : write(stderr),
    err: write(stderr),
    paint: createPaint(hasColours(stdout)),
    errPaint: createPaint(hasColours(stderr)),
    isQuiet: quiet,
    isInteractive: stdout.isTTY === true && stderr.isTTY === true,
    rewrite: stderr.isTTY && !quiet ? (line) => void stderr.write(`\r\u{1b}[K${line}`) : () => undefined,
    ...(stdin?.isTTY && stderr.isTTY ? { ask: async (question) => await ask(stdin, stderr, question) } : {}),
  }
}

async function ask(input: InputStream, output: OutputStream, question: string): Promise<string | undefined> {
  const lines = createInterface({ input, output })
  // Ctrl-C and Ctrl-D: no answer.
  const closed = new AbortController()
  lines.once('close', () => closed.abort())
  try {
    return await lines.question(question, { signal: closed.signal })
  } catch {
    output.write('\n')
    return undefined
  } finally {
    lines.close()
  }
}
