import type { Probe } from '../probe.ts'
import { alignment } from './alignment.ts'
import { bounces } from './bounces.ts'
import { dkim } from './dkim.ts'
import { dmarcReports } from './dmarc-reports.ts'
import { dmarc } from './dmarc.ts'
import { reverse } from './reverse.ts'
import { spf } from './spf.ts'

/** Every probe, in the order in which they are told. */
export const PROBES: readonly Probe[] = [spf, dkim, dmarc, dmarcReports, alignment, bounces, reverse]
