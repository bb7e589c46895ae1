import { findNearest, type Range, stripUnsafe } from '../../base/index.ts'
import { textErrors } from '../errors/text.ts'
import type { SlotMark } from '../markdown/nodes.ts'
import type { SlotNode } from '../model.ts'
import type { Reading } from '../reading.ts'
import { isSlotName, SLOT_NAMES } from '../slot-name.ts'
import type { Locate } from '../source/locate.ts'

const GRAMMAR = /^\{\{\s*([^\s|{}"']+)\s*(?:\|\s*default\s*:\s*(?:"([^"]*)"|'([^']*)')\s*)?\}\}$/du

/** The slot that a mark stands for, or undefined after a report. */
export function readSlot(mark: SlotMark, start: number, locate: Locate, reading: Reading): SlotNode | undefined {
  const range = locate(start, start + mark.value.length)
  const match = mark.isClosed ? GRAMMAR.exec(mark.value) : null
  if (!match) {
    reading.report(textErrors.invalidSlot, range, explain(mark))
    return undefined
  }
  const name = match[1] ?? ''
  if (!isSlotName(name)) {
    const [from, to] = match.indices?.[1] ?? [0, 0]
    reportUnknown(name, locate(start + from, start + to), reading)
    return undefined
  }
  const fallback = match[2] ?? match[3]
  return { type: 'slot', name, ...(fallback === undefined ? {} : { fallback: stripUnsafe(fallback) }), range }
}

function reportUnknown(name: string, range: Range, reading: Reading): void {
  reading.report(textErrors.unknownSlot, range, name, SLOT_NAMES, findNearest(name, SLOT_NAMES))
}

function explain(mark: SlotMark): string {
  if (!mark.isClosed) return 'the two braces are not closed on this line'
  const inside = mark.value.slice(2, -2).trim()
  if (inside === '') return 'it names nothing'
  if (/[“”„‘’«»]/u.test(inside)) return 'the fallback needs straight quotes, "…"'
  if (/\|/.test(inside) && !/\|\s*default\s*:/.test(inside)) return 'only | default: "…" may follow the name'
  if (/default\s*:/.test(inside) && !/\|/.test(inside)) return 'a | is missing before default'
  if (/default\s*:/.test(inside)) return 'the fallback must be one text in quotes'
  return `"${inside}" is no name`
}
