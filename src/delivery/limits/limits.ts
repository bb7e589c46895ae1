import type { LimitOptions } from '../options.ts'
import { PRESETS, type Preset } from './presets.ts'

/** Limits over a window that slides, longest first. */
export const WINDOWS = ['perDay', 'perHour', 'perMinute'] as const

export type WindowName = (typeof WINDOWS)[number]

export const WINDOW_MS: Readonly<Record<WindowName, number>> = {
  perDay: 86_400_000,
  perHour: 3_600_000,
  perMinute: 60_000,
}

/** Messages; `unlimited` was written out, or nothing says otherwise. */
export type Amount = number | 'unlimited'

/** How many messages may leave, over all connections, runs and processes. */
export type Limit = Readonly<Record<'perSecond' | WindowName, Amount>>

/** The limit of everything, and those of groups of recipients' domains by name. */
export interface Limits extends Limit {
  readonly domains: ReadonlyMap<string, Limit>
}

const FREE: Limit = { perSecond: 'unlimited', perMinute: 'unlimited', perHour: 'unlimited', perDay: 'unlimited' }

/** For transports that reach nobody. */
export const NO_LIMITS: Limits = { ...FREE, domains: new Map() }

/** Where neither the configuration nor a preset names one. */
const PER_SECOND = 10

/** The configuration over its preset over the default. */
export function resolveLimits({ preset, domains, ...own }: LimitOptions): Limits {
  const given: Partial<Preset> = preset === undefined ? {} : PRESETS[preset]
  return {
    perSecond: own.perSecond ?? given.perSecond ?? PER_SECOND,
    perMinute: own.perMinute ?? given.perMinute ?? 'unlimited',
    perHour: own.perHour ?? given.perHour ?? 'unlimited',
    perDay: own.perDay ?? given.perDay ?? 'unlimited',
    domains: new Map(Object.entries(domains).map(([name, limit]) => [name, fill(limit)])),
  }
}

function fill(limit: { readonly [Name in keyof Limit]?: Amount | undefined }): Limit {
  return {
    perSecond: limit.perSecond ?? 'unlimited',
    perMinute: limit.perMinute ?? 'unlimited',
    perHour: limit.perHour ?? 'unlimited',
    perDay: limit.perDay ?? 'unlimited',
  }
}

/** The windows of a limit that hold, longest first. */
export function listWindows(limit: Limit): [WindowName, number][] {
  return WINDOWS.flatMap((name) => {
    const most = limit[name]
    return most === 'unlimited' ? [] : [[name, most] as [WindowName, number]]
  })
}

/** Whether nothing is limited. */
export function isFree(limit: Limit): boolean {
  return limit.perSecond === 'unlimited' && listWindows(limit).length === 0
}
