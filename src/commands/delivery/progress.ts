import type { Terminal } from '../../base/index.ts'
import type { Counts } from '../../delivery/index.ts'

/** Shows how far a send is. */
export interface Progress {
  show(counts: Counts): void
  /** Something to say besides; the bar comes back after it. */
  say(text: string): void
  /** Leaves no trace of the bar. */
  end(): void
}

const BAR_EVERY_MS = 100
const LINE_EVERY_MS = 5000
const WIDTH = 24

/** A bar that is redrawn where a person watches, a line every few seconds elsewhere. */
export function createProgress(terminal: Terminal, before: Counts): Progress {
  const startedMs = performance.now()
  const doneBefore = countDone(before)
  const everyMs = terminal.isInteractive ? BAR_EVERY_MS : LINE_EVERY_MS
  let shownMs = startedMs
  return {
    show: (counts) => {
      const nowMs = performance.now()
      if (nowMs - shownMs < everyMs) return
      shownMs = nowMs
      const line = describe(counts, (countDone(counts) - doneBefore) / ((nowMs - startedMs) / 1000))
      if (terminal.isInteractive) terminal.rewrite(`${drawBar(counts)} ${line}`)
      else terminal.note(line)
    },
    say: (text) => {
      terminal.rewrite('')
      terminal.note(text)
    },
    end: () => terminal.rewrite(''),
  }
}

function describe(counts: Counts, perSecond: number): string {
  const total = countAll(counts)
  const left = counts.pending + counts.handed
  const time = perSecond > 0 && left > 0 ? `, ${formatSeconds(left / perSecond)} left` : ''
  const trouble = [
    [counts.deferred, 'deferred'],
    [counts.failed, 'failed'],
    [counts.unknown, 'unknown'],
  ].flatMap(([count, word]) => (count === 0 ? [] : `, ${count} ${word}`))
  return `${counts.accepted} of ${total} accepted${trouble.join('')} (${perSecond.toFixed(1)}/s${time})`
}

/** What is done of it, as a bar. */
export function drawBar(counts: Counts): string {
  const total = countAll(counts)
  const filled = total === 0 ? WIDTH : Math.round((countDone(counts) / total) * WIDTH)
  return `${'█'.repeat(filled)}${'░'.repeat(WIDTH - filled)}`
}

function countAll(counts: Counts): number {
  return countDone(counts) + counts.pending + counts.handed
}

function countDone({ accepted, deferred, failed, unknown, skipped }: Counts): number {
  return accepted + deferred + failed + unknown + skipped
}

/** `45 s`, `3 min`, `2 h 5 min` */
export function formatSeconds(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`
  const minutes = Math.round(seconds / 60)
  if (minutes < 90) return `${minutes} min`
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}
