import {
  CaptureTag,
  type Context,
  type FilterImplOptions,
  Liquid,
  Tag,
  type TagToken,
  type Template,
  type TopLevelToken,
} from 'liquidjs'
import { findNearest, messageOf } from '../../base/index.ts'
import { printValue, SafeHtml, SlotDrop } from './drops.ts'
import { failLiquid, rangeOf, TemplateProblem, type TemplateText } from './problem.ts'

/** What a template sees: top-level names and their values. */
export type Scope = Readonly<Record<string, unknown>>

/** Characters of a template; the built-in one has some ten thousand. */
const MAX_LENGTH = 500_000
const MAX_TIME_MS = 2_000
/** Objects and characters that filters and loops may make. */
const MAX_MEMORY = 20_000_000

/** Tags that read other files. A template is one file, so that a place in it is a place in what was written. */
const FILE_TAGS = ['include', 'render', 'layout', 'block'] as const

/**
 * Runs a Liquid template. Text is escaped where it is printed, unknown names and filters are errors, and nothing
 * outside the scope can be read.
 *
 * @throws RenderFailure `render/liquid-failed` or `render/unknown-slot` with the place in the template.
 */
export function runLiquid(template: TemplateText, scope: Scope, language: string): string {
  const liquid = openLiquid(language)
  try {
    return String(liquid.renderSync(parse(template.text, liquid), scope))
  } catch (error) {
    throw explain(error, template, scope, liquid)
  }
}

/** Templates as parsed last, since parsing takes longer than rendering; an issue needs one, a studio a few. */
const parsed = new Map<string, Template[]>()
const engines = new Map<string, Liquid>()
const MAX_KEPT = 8

function openLiquid(language: string): Liquid {
  return remember(engines, language, () => createLiquid(language))
}

function parse(text: string, liquid: Liquid): Template[] {
  return remember(parsed, `${liquid.options.locale}\n${text}`, () => liquid.parse(text))
}

function remember<T>(all: Map<string, T>, key: string, make: () => T): T {
  const value = all.get(key) ?? make()
  all.delete(key)
  all.set(key, value)
  for (const oldest of all.keys()) if (all.size > MAX_KEPT) all.delete(oldest)
  return value
}

function createLiquid(language: string): Liquid {
  const liquid = new Liquid({
    outputEscape: printValue,
    strictFilters: true,
    strictVariables: true,
    // `{% if entry.url %}` and `| default` ask whether something is there.
    lenientIf: true,
    ownPropertyOnly: true,
    // Lookups of files end here; the file system is out of reach.
    templates: {},
    parseLimit: MAX_LENGTH,
    renderLimit: MAX_TIME_MS,
    memoryLimit: MAX_MEMORY,
    timezoneOffset: 0,
    locale: language,
  })
  for (const [name, filter] of Object.entries(liquid.filters)) liquid.registerFilter(name, refuseSlots(filter))
  liquid.registerFilter('default', (value: unknown, fallback: unknown) => {
    if (value instanceof SlotDrop) return value.withFallback(toText(fallback))
    return isBlank(value) ? fallback : value
  })
  // Printing escapes by itself: `escape` must not do it twice, and `raw` must not switch it off.
  liquid.registerFilter('escape', (value: unknown) => new SafeHtml(printValue(value)))
  liquid.registerFilter('raw', (value: unknown) => value)
  liquid.registerTag('capture', SafeCapture)
  for (const name of FILE_TAGS) liquid.registerTag(name, RefusedTag)
  return liquid
}

// Most filters ask for the value, which a slot refuses; some take what they do not know for nothing.
function refuseSlots(filter: FilterImplOptions): FilterImplOptions {
  const run = typeof filter === 'function' ? filter : filter.handler
  return function (value: unknown, ...rest: unknown[]): unknown {
    for (const argument of [value, ...rest]) if (argument instanceof SlotDrop) argument.valueOf()
    return run.call(this, value, ...rest)
  }
}

function isBlank(value: unknown): boolean {
  return (
    value === null ||
    value === undefined ||
    value === false ||
    value === '' ||
    (Array.isArray(value) && value.length === 0)
  )
}

function toText(value: unknown): string {
  if (typeof value === 'string' || typeof value === 'number') return String(value)
  throw new TemplateProblem('The text for readers without a value must be written out.', {
    hint: 'Write {{ subscriber.name | default: "there" }}.',
  })
}

/** What was captured has been escaped already. */
class SafeCapture extends CaptureTag {
  override *render(context: Context): Generator<unknown, void, string> {
    const html = yield this.liquid.renderer.renderTemplates(this.templates, context)
    context.bottom()[this.variable] = new SafeHtml(html)
  }
}

class RefusedTag extends Tag {
  constructor(token: TagToken, rest: TopLevelToken[], liquid: Liquid) {
    super(token, rest, liquid)
    throw new TemplateProblem(`{% ${token.name} %} reads another file, and a template is one file.`, {
      hint: 'Put its content here; {% capture %} holds a piece that is needed twice.',
    })
  }

  override render(): void {}
}

interface LiquidFault extends Error {
  readonly token?: { readonly input: string; readonly begin: number; readonly end: number }
  readonly originalError?: unknown
}

function explain(error: unknown, template: TemplateText, scope: Scope, liquid: Liquid): unknown {
  const { token } = error as LiquidFault
  // The limit on length has no place; anything else without one is not Liquid's.
  const range = token && token.input === template.text ? { range: rangeOf(template, token.begin, token.end) } : {}
  const cause = rootOf(error)
  if (cause instanceof TemplateProblem)
    return failLiquid(template, cause.message, { code: cause.code, hint: cause.hint, ...range })
  const reason = messageOf(cause).replace(/(?:, file:[^,]*)?, line:\d+, col:\d+.*$/s, '')
  return failLiquid(template, `${reason.replace(/\.$/, '')}.`, { hint: suggest(reason, scope, liquid), ...range })
}

function rootOf(error: unknown): unknown {
  const { originalError } = error as LiquidFault
  return originalError === undefined ? error : rootOf(originalError)
}

function suggest(reason: string, scope: Scope, liquid: Liquid): string | undefined {
  const [, kind, name = ''] = /^undefined (variable|filter): ([\w.]+)/.exec(reason) ?? []
  if (kind === undefined) return undefined
  const known = kind === 'filter' ? Object.keys(liquid.filters) : listPaths(scope)
  const near = findNearest(name, known)
  return near ? `Did you mean "${near}"?` : undefined
}

// Names a template may have meant: `issue`, `issue.title`.
function listPaths(scope: Scope): string[] {
  return Object.entries(scope).flatMap(([name, value]) => {
    const isPlain = typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
    return [name, ...(isPlain ? Object.keys(value).map((key) => `${name}.${key}`) : [])]
  })
}
