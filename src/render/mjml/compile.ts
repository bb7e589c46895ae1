import type { MJMLParseError } from 'mjml-core'
import { type Diagnostic, messageOf, type Range } from '../../base/index.ts'
import { invalidMjml } from '../errors.ts'
import { pointAt, RenderFailure } from '../failure.ts'
import { rangeOf, type TemplateText } from './problem.ts'

// Private-use characters, as in slot.ts: neither a template nor author's text holds them.
const OPEN = '\u{E010}'
const CLOSE = '\u{E011}'
const MARKED_TAG = /\u{E010}(\d+)\u{E011}<([\w-]+)/gu

/**
 * Puts the offset of every tag before it, outside Liquid's own delimiters. Loops repeat the marks, so the place of a tag
 * in what Liquid printed leads back to the template.
 */
export function markTags(template: TemplateText): TemplateText {
  const text = template.text.replaceAll(/\{%[^]*?%\}|\{\{[^]*?\}\}|<(?=[a-z])/gi, (match, offset: number) =>
    match === '<' ? `${OPEN}${offset}${CLOSE}<` : match,
  )
  return { ...template, text }
}

/**
 * HTML of a mail in MJML. No remote fonts, no included files, comments of the template dropped.
 *
 * @param printMarked - gives the same MJML with marked tags; called for an error's place only.
 * @throws RenderFailure `render/invalid-mjml`, one diagnostic for each thing that is wrong.
 */
export async function compileMjml(mjml: string, template: TemplateText, printMarked: () => string): Promise<string> {
  const { default: mjml2html } = await import('mjml')
  const include = /<mj-include\b/i.exec(mjml)
  if (include) {
    const line = mjml.slice(0, include.index).split('\n').length
    const place = locate(printMarked, template, line, 'mj-include')
    throw new RenderFailure(describe('mj-include reads another file, and a template is one file.', template, place))
  }
  try {
    const { html } = await mjml2html(mjml, {
      validationLevel: 'strict',
      ignoreIncludes: true,
      keepComments: false,
      fonts: {},
    })
    return html
  } catch (error) {
    throw explain(error, template, printMarked)
  }
}

// A loop repeats what is wrong once: what has the same place and words is told once.
function explain(error: unknown, template: TemplateText, printMarked: () => string): RenderFailure {
  let marked: string | undefined
  const print = () => (marked ??= printMarked())
  const all = listErrors(error).map(({ tagName, message, line }) =>
    describe(`<${tagName}>: ${message}.`, template, locate(print, template, line, tagName)),
  )
  const found = new Map(all.map((one) => [`${one.range?.start.line}:${one.range?.start.column} ${one.message}`, one]))
  const [first = describe(messageOf(error), template), ...rest] = found.values()
  return new RenderFailure([first, ...rest], error)
}

// The first in the file first: what follows may be its consequence.
function listErrors(error: unknown): MJMLParseError[] {
  const { errors } = error as { errors?: unknown }
  return Array.isArray(errors) ? (errors as MJMLParseError[]).toSorted((a, b) => a.line - b.line) : []
}

function locate(printMarked: () => string, template: TemplateText, line: number, tagName: string): Range | undefined {
  const printed = printMarked().split('\n')[line - 1] ?? ''
  const mark = [...printed.matchAll(MARKED_TAG)].find((match) => match[2] === tagName)
  if (!mark) return template.text.split('\n').length >= line ? pointAt(line, 1) : undefined
  const offset = Number(mark[1])
  return rangeOf(template, offset, offset + 1 + tagName.length)
}

function describe(reason: string, template: TemplateText, range?: Range): Diagnostic {
  const place = range ? { range } : {}
  return {
    code: invalidMjml.code,
    severity: 'error',
    message: invalidMjml.message(reason),
    file: template.file,
    ...place,
  }
}
