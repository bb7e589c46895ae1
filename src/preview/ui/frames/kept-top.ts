const KEY = 'letterpress-top'

interface KeptTop {
  readonly subject: string
  readonly top: number
}

/** Remembers how far a mail was scrolled until this tab is loaded again: a number, and which mail. */
export function keepTop(subject: string, top: number): void {
  sessionStorage.setItem(KEY, JSON.stringify({ subject, top } satisfies KeptTop))
}

/** @returns CSS pixels; 0 for any other mail than the last. */
export function recallTop(subject: string): number {
  const kept = sessionStorage.getItem(KEY)
  sessionStorage.removeItem(KEY)
  if (kept === null) return 0
  const { subject: of, top } = JSON.parse(kept) as KeptTop
  return of === subject ? top : 0
}
