import type { Migration } from '../migration.ts'
import { subscribers } from './0001-subscribers.ts'
import { ledger } from './0002-ledger.ts'
import { control } from './0003-control.ts'
import { limits } from './0004-limits.ts'

/** Every step, in order. */
export const MIGRATIONS: readonly Migration[] = [subscribers, ledger, control, limits]
