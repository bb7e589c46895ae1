import { LineIndex, type Range } from '../../base/index.ts'
import { liquidFailed } from '../errors.ts'
import { RenderFailure } from '../failure.ts'

/** A template as read from disk. */
export interface TemplateText {
  /** Path relative to the root. */
  readonly file: string
  readonly text: string
}

/** Something a template may not do, thrown while Liquid runs; Liquid adds the place. */
export class TemplateProblem extends Error {
  readonly code: string | undefined
  readonly hint: string | undefined

  constructor(message: string, { code, hint }: { readonly code?: string; readonly hint?: string } = {}) {
    super(message)
    this.name = 'TemplateProblem'
    this.code = code
    this.hint = hint
  }
}

/** A range of the template from offsets; `end` at most the end of the line that `begin` stands in. */
export function rangeOf(template: TemplateText, begin: number, end: number): Range {
  const lineEnd = template.text.slice(begin).search(/[\r\n]/)
  return new LineIndex(template.text).range(begin, lineEnd < 0 ? end : Math.min(end, begin + lineEnd))
}

/** @param reason - a sentence; becomes the whole message when `code` is another than `render/liquid-failed`. */
export function failLiquid(
  template: TemplateText,
  reason: string,
  about: { code?: string | undefined; hint?: string | undefined; range?: Range },
): RenderFailure {
  const { code = liquidFailed.code, hint, range } = about
  return new RenderFailure({
    code,
    severity: 'error',
    message: code === liquidFailed.code ? liquidFailed.message(reason) : reason,
    file: template.file,
    ...(hint ? { hint } : {}),
    ...(range ? { range } : {}),
  })
}
