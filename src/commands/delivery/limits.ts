import type { Used, WindowName } from '../../delivery/index.ts'

const A: Readonly<Record<WindowName, string>> = { perDay: 'a day', perHour: 'an hour', perMinute: 'a minute' }
/** A window of the limits. */
interface Window {
  readonly limit: WindowName
  readonly most: number
  readonly group?: string
}

/** `2,000 a day`, `100 an hour to gmail` */
export function describeLimit({ limit, most, group }: Window): string {
  return `${most.toLocaleString('en')} ${A[limit]}${group === undefined ? '' : ` to ${group}`}`
}

/** `1,200 of 2,000 a day are used`; undefined when nothing is. */
export function describeUsed(all: readonly Used[]): string | undefined {
  const parts = all.flatMap((used) =>
    used.used === 0 ? [] : `${used.used.toLocaleString('en')} of ${describeLimit(used)}`,
  )
  return parts.length === 0 ? undefined : `${parts.join(', ')} are used`
}
