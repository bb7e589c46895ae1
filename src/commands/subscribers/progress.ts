import type { Terminal } from '../../base/index.ts'
import type { ImportProgress } from '../../subscriber/index.ts'

const LINE_EVERY_MS = 5000
const REDRAW_EVERY_MS = 100
/** A list this short is written at once. */
const SILENT_ROWS = 50_000

/** Shows how far an import is: a line redrawn in place where a person watches, one every few seconds elsewhere. */
export function createImportProgress(
  terminal: Terminal,
  totalBytes: number | undefined,
): { readonly show: (progress: ImportProgress) => void; readonly end: () => void } {
  const startedMs = performance.now()
  const everyMs = terminal.isInteractive ? REDRAW_EVERY_MS : LINE_EVERY_MS
  let shownMs = startedMs
  return {
    show: ({ rows, readBytes }) => {
      const nowMs = performance.now()
      const isRead = readBytes === totalBytes && rows > SILENT_ROWS
      if (nowMs - shownMs < everyMs && !isRead) return
      shownMs = nowMs
      const seconds = (nowMs - startedMs) / 1000
      const share = totalBytes ? `${Math.min(100, Math.floor((readBytes / totalBytes) * 100))} %, ` : ''
      const line = isRead ? `${rows} rows read; writing` : `${share}${rows} rows, ${Math.round(rows / seconds)} rows/s`
      if (terminal.isInteractive) terminal.rewrite(line)
      else terminal.note(line)
    },
    end: () => terminal.rewrite(''),
  }
}
