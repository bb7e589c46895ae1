import { BOUNCE_CASES } from './bounces.ts'
import type { Case } from './case.ts'
import { DKIM_CASES } from './dkim.ts'
import { DMARC_CASES } from './dmarc.ts'
import { SPF_CASES } from './spf.ts'

export { BOUNCE_CASES } from './bounces.ts'
export { type Case, type Differences, SOUND, zoneOf } from './case.ts'
export { DKIM_CASES } from './dkim.ts'
export { DMARC_CASES } from './dmarc.ts'
export { SOUND_CASES } from './sound.ts'
export { SPF_CASES } from './spf.ts'

export const FAULTY_CASES: readonly Case[] = [...SPF_CASES, ...DKIM_CASES, ...DMARC_CASES, ...BOUNCE_CASES]
