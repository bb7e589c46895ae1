const number = new Intl.NumberFormat('en')

/** `12,345` */
export function formatNumber(value: number): string {
  return number.format(value)
}

/** `12,345 readers`, `1 reader`. */
export function countOf(value: number, word: string): string {
  return `${number.format(value)} ${word}${value === 1 ? '' : 's'}`
}

/** `45 seconds`, `3 min 20 s`, `2 h 5 min`, `3 days 4 h`: two units are enough for anybody who waits. */
export function formatDuration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds))
  if (whole < 60) return `${whole} second${whole === 1 ? '' : 's'}`
  const [days, hours, minutes] = [
    Math.floor(whole / 86_400),
    Math.floor(whole / 3600) % 24,
    Math.floor(whole / 60) % 60,
  ]
  if (days > 0) return join(`${days} day${days === 1 ? '' : 's'}`, hours, 'h')
  return hours > 0 ? join(`${hours} h`, minutes, 'min') : join(`${minutes} min`, whole % 60, 's')
}

function join(first: string, second: number, unit: string): string {
  return second === 0 ? first : `${first} ${second} ${unit}`
}
