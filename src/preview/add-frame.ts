import { createPaint, type Diagnostic, formatCodeFrame, type Range } from '../base/index.ts'
import type { Framed } from './services.ts'

const plain = createPaint(false)

/**
 * Adds the lines around its place to a diagnostic or a finding.
 *
 * @param source - text of the file it lies in; undefined when that cannot be read.
 */
export function addFrame<T extends { readonly range?: Range }>(item: T, source: string | undefined): Framed<T> {
  if (!item.range || source === undefined) return { ...item, frame: '' }
  const placed: Diagnostic = { code: '', severity: 'error', message: '', file: '', range: item.range }
  return { ...item, frame: formatCodeFrame(placed, source, plain) }
}
