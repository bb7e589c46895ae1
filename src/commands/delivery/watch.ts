import type { Database } from '../../db/index.ts'
import { isStale, sleep } from '../../delivery/index.ts'
import type { CommandContext } from '../command.ts'
import { readView, type StatusView, viewToLines } from './status-view.ts'

const DRAW_EVERY_MS = 500
const LINE_EVERY_MS = 5000
/** The rate shown is that of the last so many seconds. */
const WINDOW_MS = 10_000

/**
 * Shows how a run stands until nothing is left, or it waits for the author: drawn anew in place where a person watches,
 * a line every few seconds elsewhere.
 *
 * @returns how it stands at the end; undefined when it is gone.
 */
export async function watchRun(
  { terminal, clock, signal }: CommandContext,
  db: Database,
  issueId: string,
): Promise<StatusView | undefined> {
  const draw = createDrawing(terminal)
  const seen: { atMs: number; done: number }[] = []
  for (;;) {
    const view = await readView(db, issueId, clock.now())
    if (!view) return undefined
    const atMs = performance.now()
    const { total, pending, handed } = view.status
    seen.push({ atMs, done: total - pending - handed })
    while (seen[0] && seen[1] && atMs - seen[0].atMs > WINDOW_MS) seen.shift()
    if (!isMoving(view, clock.now())) {
      draw.end()
      return view
    }
    draw.show(viewToLines(view, terminal.errPaint, findRate(seen)))
    if (!(await sleep(terminal.isInteractive ? DRAW_EVERY_MS : LINE_EVERY_MS, signal))) {
      draw.end()
      return view
    }
  }
}

// A start that is a day late waits for the author.
function isMoving({ status: { state, startsAt }, runner }: StatusView, now: Date): boolean {
  if (runner !== undefined) return true
  return state === 'scheduled' && startsAt !== null && !isStale({ startsAt: new Date(startsAt) }, now)
}

function findRate(seen: readonly { readonly atMs: number; readonly done: number }[]): number | undefined {
  const [first, last] = [seen[0], seen.at(-1)]
  if (!first || !last || last.atMs - first.atMs < 1000) return undefined
  return ((last.done - first.done) * 1000) / (last.atMs - first.atMs)
}

/** Several lines that take the place of those before. */
function createDrawing({ isInteractive, rewrite, note }: CommandContext['terminal']) {
  let drawn = 0
  const clear = () => (drawn > 1 ? `\u{1b}[${drawn - 1}A\u{1b}[J` : '\u{1b}[J')
  return {
    show: (lines: readonly string[]) => {
      if (isInteractive) rewrite(`${clear()}${lines.join('\n')}`)
      else note(lines[0] ?? '')
      drawn = lines.length
    },
    end: () => {
      if (isInteractive) rewrite(clear())
    },
  }
}
