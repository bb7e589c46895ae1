import { AppError, type Diagnostic, type Range, type Severity, toLine } from '../base/index.ts'
import type { Issue } from '../issue/index.ts'
import type { Message } from '../message/index.ts'
import { fillSlots, type Rendered, type SlotValues } from '../render/index.ts'
import { invalidOptions } from './errors.ts'
import type { Finding } from './finding.ts'
import { cutExcerpt, type HtmlPage } from './html.ts'
import type { CheckOptionsInput } from './options.ts'
import type { LinkState } from './online/probe.ts'
import { parseHtml } from './parse-html.ts'
import type { Copy, NewsletterFacts, Report, Rule } from './rule.ts'
import { RULES } from './rules/index.ts'
import { sortFindings } from './sort.ts'
import { readLook } from './style/look.ts'

/** What there is to check; rules that need more than is given do not run. */
export interface CheckInput {
  readonly issue: Issue
  readonly newsletter?: NewsletterFacts
  /** The issue file's text: places inside a paragraph become exact. */
  readonly source?: string
  readonly rendered?: Rendered
  /**
   * Values of one reader by slot name. Give links as long as real ones, for the size; a link that is missing here is
   * taken for one that no reader has.
   */
  readonly sample?: SlotValues
  /** A message of this issue, as it would go out. */
  readonly message?: Message
  /** What the linked pages answered, of `askPages`; missing: rules about it do not run. */
  readonly pages?: ReadonlyMap<string, LinkState>
  /** What reading and rendering reported: a finding that only repeats one of these is left out. */
  readonly diagnostics?: readonly Diagnostic[]
  /** Section `checks` of the configuration. */
  readonly config?: CheckOptionsInput
}

/** Stands for the unsubscribe link when the sample reader has none. */
const NO_ADDRESS = 'https://unsubscribe.invalid/reader'

/** Slots that hold the same for a reader of whom nothing is known. */
const ALWAYS_KNOWN = ['subscriber.email', 'unsubscribeUrl', 'preferencesUrl', 'webUrl'] as const

/**
 * Runs every rule that is not switched off.
 *
 * @returns findings sorted by place; those that the issue allows carry the author's reason.
 * @throws AppError `check/invalid-options` when `config` did not pass the schema in options.ts.
 */
export function runChecks(input: CheckInput): Finding[] {
  const { issue } = input
  const sample = { ...input.sample, unsubscribeUrl: input.sample?.['unsubscribeUrl'] || NO_ADDRESS }
  const mail = input.rendered && prepareMail(input.rendered, sample)
  const findings: Finding[] = []
  for (const rule of RULES as readonly Rule[]) {
    const { level, options } = readSetting(rule, input.config)
    if (level === 'off') continue
    const report = (found: Report): void => {
      if (isSaid(rule, found, input.diagnostics ?? [])) return
      findings.push(toFinding(rule, level ?? found.severity ?? rule.severity, found, issue))
    }
    const base = { issue, newsletter: input.newsletter, source: input.source, options, report }
    if (rule.needs === 'issue') rule.check({ ...base, html: mail?.html })
    else if (!mail) continue
    else if (rule.needs === 'rendered') rule.check({ ...base, ...mail, message: input.message, pages: input.pages })
    else if (input.message) rule.check({ ...base, ...mail, message: input.message })
  }
  return sortFindings(findings)
}

function prepareMail(rendered: Rendered, sample: SlotValues) {
  const known = {
    ...Object.fromEntries(ALWAYS_KNOWN.map((name) => [name, sample[name]])),
    'subscriber.language': rendered.language,
  }
  let emptyCopy: Copy | undefined
  const copy = fillCopy(rendered, sample)
  return {
    ...copy,
    rendered,
    sample,
    look: () => readLook(copy.html),
    emptyCopy: () => (emptyCopy ??= fillCopy(rendered, known, copy.html)),
  }
}

function fillCopy(rendered: Rendered, values: SlotValues, known?: HtmlPage): Copy {
  const html = fillSlots(rendered.html, values, 'html')
  return {
    html: known?.source === html ? known : parseHtml(html),
    text: fillSlots(rendered.text, values, 'text'),
    subject: fillSlots(rendered.subject, values, 'header'),
    preheader: fillSlots(rendered.preheader, values, 'header'),
  }
}

function readSetting(
  rule: Rule,
  config: CheckOptionsInput | undefined,
): { level: Severity | 'off' | undefined; options: Record<string, unknown> } {
  const setting = config?.[rule.id as keyof CheckOptionsInput]
  const { severity, ...given } = typeof setting === 'object' ? setting : { severity: setting }
  const parsed = rule.options.safeParse(given)
  if (parsed.success) return { level: severity, options: parsed.data }
  const reason = parsed.error.issues
    .map((problem) => [problem.path.join('.'), problem.message].filter(Boolean).join(': '))
    .join('; ')
  throw new AppError(invalidOptions.code, invalidOptions.message(rule.id, reason), {
    kind: 'usage',
    cause: parsed.error,
  })
}

function isSaid({ saidBy = [] }: Rule, { range }: Report, diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(
    (diagnostic) =>
      saidBy.includes(diagnostic.code) &&
      (range === undefined || diagnostic.range === undefined || overlaps(range, diagnostic.range)),
  )
}

function overlaps(a: Range, b: Range): boolean {
  return a.start.offset <= b.end.offset && b.start.offset <= a.end.offset
}

function toFinding(rule: Rule, severity: Severity, found: Report, issue: Issue): Finding {
  const allowed = Object.hasOwn(issue.allow, rule.id) ? issue.allow[rule.id] : undefined
  return {
    rule: rule.id,
    severity,
    message: toLine(found.message),
    remedy: toLine(found.remedy ?? rule.remedy),
    reference: rule.reference,
    file: issue.file,
    ...(found.range && { range: found.range }),
    ...(found.part && { part: found.part }),
    ...(found.position && { position: found.position }),
    ...(found.excerpt !== undefined && { excerpt: cutExcerpt(found.excerpt) }),
    ...(allowed !== undefined && { allowed: toLine(allowed) || 'no reason given' }),
  }
}
