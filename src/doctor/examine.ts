import { type Clock, messageOf } from '../base/index.ts'
import { inspectSmtp, type SmtpInspection } from '../transport/index.ts'
import type { DnsRecord } from './dns/record.ts'
import { createLookup, type LookupOptions } from './dns/lookup.ts'
import {
  type DoctorContext,
  type DoctorServices,
  GROUPS,
  type Group,
  type Level,
  type Newsletter,
  type Probe,
} from './probe.ts'
import { PROBES } from './probes/index.ts'

/** One thing that a probe said. */
export interface Statement {
  readonly group: Group
  /** Id of the probe. */
  readonly probe: string
  readonly mark: 'ok' | 'skipped' | Level
  readonly message: string
  /** What was met, as docs/doctor.md lists it: `spf/missing`; with problems, warnings and notes. */
  readonly fault?: string
  readonly effect?: string
  readonly remedy?: string
  readonly records?: readonly DnsRecord[]
  readonly source?: string
}

/** All that was said. */
export interface Examination {
  readonly isOnline: boolean
  /** In the order of the groups. */
  readonly statements: readonly Statement[]
  readonly problems: number
  readonly warnings: number
  /** Who is to blame for the gravest problem; undefined without one. The configuration comes first. */
  readonly blames: Probe['blames'] | undefined
}

export interface ExamineOptions {
  readonly newsletter: Newsletter
  readonly services: DoctorServices
  readonly clock: Clock
  /** Whether DNS and the site are asked. */
  readonly isOnline: boolean
  readonly dns?: LookupOptions
  readonly signal: AbortSignal
  /** Default: all. */
  readonly probes?: readonly Probe[]
}

/**
 * Asks every probe. They run side by side; what they say is told in their order.
 *
 * @throws AppError `doctor/invalid-resolver`
 */
export async function examine(options: ExamineOptions): Promise<Examination> {
  const { newsletter, services, clock, isOnline, signal, probes = PROBES } = options
  const context: DoctorContext = {
    newsletter,
    services,
    clock,
    signal,
    isOnline,
    dns: createLookup(options.dns ?? {}, signal),
    smtp: keepSmtp(newsletter, signal),
  }
  const isDeaf = isOnline && (await context.dns.deafness()) !== undefined
  const chosen = probes.filter(
    ({ isOnline: asks, group }) => (isOnline || !asks) && !(isDeaf && OF_DNS.includes(group)),
  )
  const said = await Promise.all(chosen.map(async (probe) => ({ probe, statements: await runProbe(probe, context) })))
  return sumUp(isOnline, said)
}

/** What cannot be looked at where nobody answers; another probe says so. */
const OF_DNS: readonly Group[] = ['SPF', 'DKIM', 'DMARC', 'Bounces']

/** What stands instead of an examination when the configuration cannot be read. */
export function failToLoad(message: string, hint: string | undefined, isOnline: boolean): Examination {
  const statement: Statement = {
    group: 'Configuration',
    probe: 'configuration',
    mark: 'problem',
    message,
    fault: 'configuration/broken',
    effect: 'Nothing can be sent, and nothing else could be looked at.',
    ...(hint === undefined ? {} : { remedy: hint }),
    source: 'docs/config.md',
  }
  return { isOnline, statements: [statement], problems: 1, warnings: 0, blames: 'configuration' }
}

function keepSmtp({ smtp }: Newsletter, signal: AbortSignal): DoctorContext['smtp'] {
  let inspection: Promise<SmtpInspection> | undefined
  return async () => (smtp ? await (inspection ??= inspectSmtp(smtp, signal)) : undefined)
}

async function runProbe(probe: Probe, context: DoctorContext): Promise<Statement[]> {
  const { id, group, faults } = probe
  const statements: Statement[] = []
  try {
    await probe.run(context, {
      ok: (message) => void statements.push({ group, probe: id, mark: 'ok', message }),
      skip: (message) => void statements.push({ group, probe: id, mark: 'skipped', message }),
      fault: (name, { message, level, remedy, source, records }) => {
        const fault = faults[name]
        if (!fault) throw new TypeError(`${id} lists no fault ${name}`)
        statements.push({
          group,
          probe: id,
          mark: level ?? fault.level,
          message,
          fault: `${id}/${name}`,
          effect: fault.effect,
          remedy: remedy ?? fault.remedy,
          ...(records && records.length > 0 ? { records } : {}),
          source: source ?? fault.source,
        })
      },
    })
  } catch (error) {
    // What one probe cannot do is no reason to keep what the others found to oneself.
    const message = `This could not be looked at: ${messageOf(error)}`
    statements.push({ group, probe: id, mark: 'problem', message, fault: `${id}/failed` })
  }
  return statements
}

function sumUp(isOnline: boolean, said: readonly { probe: Probe; statements: readonly Statement[] }[]): Examination {
  const statements = GROUPS.flatMap((group) =>
    said.flatMap((each) => each.statements.filter((one) => one.group === group)),
  )
  const guilty = said
    .filter((each) => each.statements.some(({ mark }) => mark === 'problem'))
    .map(({ probe }) => probe.blames)
  const count = (mark: Statement['mark']) => statements.filter((one) => one.mark === mark).length
  return {
    isOnline,
    statements,
    problems: count('problem'),
    warnings: count('warning'),
    blames: guilty.includes('configuration') ? 'configuration' : guilty[0],
  }
}
