import type { Range } from '../../base/index.ts'
import { dataErrors } from '../errors/data.ts'
import type { Reading } from '../reading.ts'
import { getChild, keyOf, type Sourced } from '../source/sourced.ts'

/** Tells unless an issue is dated in exactly one of the three ways: week, date, from with to. */
export function checkPeriod(root: Sourced, reading: Reading): void {
  const places = new Map<string, Range>()
  for (const key of ['week', 'date', 'from', 'to']) {
    const node = getChild(root, key)
    if (node) places.set(key, node.key ?? node.range)
  }
  const forms = ['week', 'date'].filter((key) => places.has(key))
  if (places.has('from') || places.has('to')) forms.push('from and to')
  if (forms.length === 0) reading.report(dataErrors.missingPeriod, keyOf(root))
  if (forms.length > 1) reading.report(dataErrors.manyPeriods, [...places.values()].at(-1), forms)
  checkSpan(root, places, reading)
}

function checkSpan(root: Sourced, places: ReadonlyMap<string, Range>, reading: Reading): void {
  if (places.has('from') !== places.has('to')) {
    const [have, lack, example] = places.has('from') ? ['from', 'to', '2024-03-17'] : ['to', 'from', '2024-03-11']
    reading.report(dataErrors.missingKey, places.get(have), lack, example)
  }
  const [from, to] = [readDay(root, 'from'), readDay(root, 'to')]
  // Days written alike compare as texts.
  if (from !== undefined && to !== undefined && to < from) {
    reading.report(dataErrors.reversedPeriod, getChild(root, 'to')?.range, from, to)
  }
}

function readDay(root: Sourced, key: string): string | undefined {
  const node = getChild(root, key)
  const isDay = node?.kind === 'scalar' && typeof node.value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(node.value)
  return isDay ? String(node.value) : undefined
}
