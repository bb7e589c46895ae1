const time = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' })

/** `86 KB`, in units of 1024 as Gmail counts them. */
export function formatSize(sizeBytes: number): string {
  return sizeBytes < 1_048_576
    ? `${Math.max(1, Math.round(sizeBytes / 1024))} KB`
    : `${(sizeBytes / 1_048_576).toFixed(1)} MB`
}

export function formatTime(iso: string): string {
  return time.format(new Date(iso))
}

/** `1 error`, `2 errors`. */
export function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? '' : 's'}`
}

const day = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeZone: 'UTC' })

/** A day, `2024-03-11`, in the words of the reader's language. */
export function formatDay(date: string): string {
  const time = Date.parse(date)
  return Number.isNaN(time) ? date : day.format(time)
}
