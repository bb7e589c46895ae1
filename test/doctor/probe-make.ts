import { systemClock } from '../../src/base/index.ts'
import { examine, type ExamineOptions, PROBES, type Statement } from '../../src/doctor/index.ts'
import { makeNewsletter, makeServices } from './make.ts'

/** What one probe says, offline unless it asks the world. */
export async function runProbe(
  id: string,
  root: string,
  own: Partial<ExamineOptions> = {},
): Promise<readonly Statement[]> {
  const probes = PROBES.filter((probe) => probe.id === id)
  const { statements } = await examine({
    newsletter: makeNewsletter(),
    services: makeServices(root),
    clock: systemClock,
    isOnline: probes.some(({ isOnline }) => isOnline),
    signal: new AbortController().signal,
    probes,
    ...own,
  })
  return statements
}

/** Faults of statements, by their marks. */
export function listFaults(statements: readonly Statement[]): string[] {
  return statements.flatMap(({ mark, fault }) => (fault ? [`${mark} ${fault}`] : []))
}
