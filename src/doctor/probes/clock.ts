import { existsSync } from 'node:fs'
import { AppError } from '../../base/index.ts'
import { type DoctorContext, defineProbe } from '../probe.ts'
import { reach } from '../reach.ts'

const MINUTE_MS = 60_000
const OFF_MS = { warning: 2 * MINUTE_MS, problem: 10 * MINUTE_MS }
/** No copy of this program is older. */
const BEGINNING = new Date('2026-11-01T00:00:00Z')

export const clock = defineProbe<'behind' | 'off'>({
  id: 'clock',
  group: 'Clock',
  isOnline: false,
  blames: 'environment',
  looksAt: 'Whether the clock of this machine can be right: against the ledger, and with --online against the site.',
  faults: {
    behind: {
      level: 'problem',
      title: 'A clock that was set back',
      effect:
        'Messages carry a wrong date, limits per hour and day count wrongly, and certificates seem to be of the future.',
      remedy: 'Set the clock, best by NTP (timedatectl set-ntp true).',
      source: 'RFC 5322 §3.6.1',
    },
    off: {
      level: 'warning',
      title: 'A clock that differs from that of the site',
      effect: 'Scheduled sends start at the wrong time, and a Date that is minutes off counts against a message.',
      remedy: 'Set the clock of whichever is wrong, best by NTP (timedatectl set-ntp true).',
      source: 'RFC 5322 §3.6.1',
    },
  },
  run: async (context, report) => {
    const now = context.clock.now()
    const last = await findLastEvent(context)
    const words = `The clock says ${now.toISOString().slice(0, 16).replace('T', ' ')} UTC`
    if (last !== undefined && last.getTime() > now.getTime() + OFF_MS.warning) {
      return report.fault('behind', { message: `${words}, and the ledger was written to at ${last.toISOString()}.` })
    }
    if (now < BEGINNING)
      return report.fault('behind', { message: `${words}, which is before this program was written.` })
    const site = context.isOnline ? await askSite(context) : undefined
    const offMs = Math.abs((site ?? now).getTime() - now.getTime())
    if (offMs < OFF_MS.warning) return report.ok(site ? `${words}, as the site does.` : `${words}.`)
    const message = `${words}, and ${context.newsletter.url ?? ''} says ${site?.toISOString() ?? ''}.`
    return report.fault('off', { message, level: offMs < OFF_MS.problem ? 'warning' : 'problem' })
  },
})

async function findLastEvent({ services: { storeFile, readStore } }: DoctorContext): Promise<Date | undefined> {
  if (storeFile !== undefined && !existsSync(storeFile)) return undefined
  try {
    return (await readStore()).lastEventAt
  } catch (error) {
    // Another probe tells what is wrong with the store.
    if (error instanceof AppError) return undefined
    throw error
  }
}

async function askSite({ newsletter: { url }, signal }: DoctorContext): Promise<Date | undefined> {
  if (url === undefined) return undefined
  const answer = await reach(url, { method: 'HEAD' }, signal)
  const date = typeof answer === 'string' ? null : answer.headers.get('date')
  const time = date === null ? Number.NaN : Date.parse(date)
  return Number.isNaN(time) ? undefined : new Date(time)
}
