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
  /** Whether a person watches. */
  readonly isInteractive: boolean
}

/** The streams and switches a terminal is made of. */
export interface TerminalOptions {
  readonly stdout: NodeJS.WriteStream
  readonly stderr: NodeJS.WriteStream
  readonly quiet: boolean
  /** `false` for --no-color; NO_COLOR and FORCE_COLOR are read by the streams themselves. */
  readonly colour: boolean
}

export function createTerminal({ stdout, stderr, quiet, colour }: TerminalOptions): Terminal {
  const hasColours = (stream: NodeJS.WriteStream) => colour && stream.isTTY && stream.hasColors()
  const write = (stream: NodeJS.WriteStream) => (text: string) => void stream.write(`${text}\n`)
  return {
    out: write(stdout),
    note: quiet ? () => undefined : write(stderr),
    err: write(stderr),
    paint: createPaint(hasColours(stdout)),
    errPaint: createPaint(hasColours(stderr)),
    isInteractive: stdout.isTTY && stderr.isTTY,
  }
}
