import { describe, expect, test } from 'vitest'
import type { Diagnostic } from '../../src/base/index.ts'
import { CheckOptions, type CheckOptionsInput, RULES, runChecks } from '../../src/check/index.ts'
import type { Inline } from '../../src/issue/index.ts'
import {
  makeEntry,
  makeIssue,
  makeRange,
  makeRendered,
  makeSection,
  prose,
  SAMPLE,
  text,
  UNSUBSCRIBE,
  wholeMail,
} from './make.ts'

// oxlint-disable-next-line no-control-regex
const UNSAFE = /[\u{0}-\u{1F}\u{7F}-\u{9F}\u{202A}-\u{202E}\u{2066}-\u{2069}\u{2028}\u{2029}\p{Cs}]/u

const broken = makeIssue({
  sections: [makeSection('empty', []), makeSection('s', [makeEntry('a', {}, 3), makeEntry('a', {}, 9)])],
  opening: [prose([text('x^{2}', 20)], 20)],
})
const idsOf = (issue: Parameters<typeof runChecks>[0]['issue'], config?: CheckOptionsInput) =>
  runChecks({ issue, ...(config ? { config } : {}) }).map((finding) => `${finding.severity} ${finding.rule}`)

describe('running the checks', () => {
  test('finds nothing in a good issue', () => {
    expect(runChecks({ issue: makeIssue(), rendered: makeRendered(wholeMail(UNSUBSCRIBE)), sample: SAMPLE })).toEqual(
      [],
    )
  })

  test('sorts by place in the issue, then by place in the mail', () => {
    const rendered = makeRendered(wholeMail('<img src="https://example.com/a">\n<a href="#x">x</a>'), { text: 'none' })
    const config: CheckOptionsInput = { 'image-only': 'off', 'image-width': 'off' }
    const found = runChecks({ issue: broken, rendered, sample: SAMPLE, config })
    expect(found.map(({ rule, range, part, position }) => [rule, range?.start.line ?? part, position?.line])).toEqual([
      ['section-empty', 1, undefined],
      ['entry-duplicate', 9, undefined],
      ['latex-residue', 20, undefined],
      ['unsubscribe-missing', 'html', undefined],
      ['image-alt', 'html', 1],
      ['anchor-missing', 'html', 2],
      ['unsubscribe-missing', 'text', undefined],
    ])
  })

  test('runs only the rules that have what they need', () => {
    expect(idsOf(broken)).toEqual(['error section-empty', 'warning entry-duplicate', 'warning latex-residue'])
  })

  test('takes the severity from the configuration', () => {
    const config: CheckOptionsInput = {
      'section-empty': 'off',
      'entry-duplicate': 'error',
      'latex-residue': { severity: 'error' },
    }
    expect(idsOf(broken, config)).toEqual(['error entry-duplicate', 'error latex-residue'])
    expect(idsOf(broken, { 'section-empty': { severity: 'off' } })).not.toContain('error section-empty')
  })

  test('keeps a finding that the issue allows, with the reason', () => {
    const found = runChecks({ issue: { ...broken, allow: { 'section-empty': 'A teaser\u{1B}[2J for next week.' } } })
    expect(found[0]).toMatchObject({ rule: 'section-empty', severity: 'error', allowed: 'A teaser[2J for next week.' })
    expect(found[1]).not.toHaveProperty('allowed')
  })

  test('leaves out what a diagnostic says already', () => {
    const issue = makeIssue({ opening: [prose([text('\\frac', 3)], 3), prose([text('\\frac', 5)], 5)] })
    const diagnostics: Diagnostic[] = [
      { code: 'issue/unknown-latex', severity: 'warning', message: '', file: issue.file, range: makeRange(3, 1, 5) },
    ]
    expect(runChecks({ issue, diagnostics })).toMatchObject([{ rule: 'latex-residue', range: { start: { line: 5 } } }])
  })

  test('throws for options that did not pass the schema', () => {
    const config = { 'size-clip': { warnBytes: Number.NaN } }
    expect(() => runChecks({ issue: broken, config })).toThrow(
      expect.objectContaining({ code: 'check/invalid-options', kind: 'usage' }),
    )
  })

  test('keeps control characters, overrides and line breaks out of what findings say', () => {
    const evil = 'a\u{0}\u{1B}]0;x\u{7}\u{9B}\r\n::error::b\u{202E}\u{2028}c'
    const link: Inline = { type: 'link', url: `#${evil}`, range: makeRange(), children: [] }
    const issue = makeIssue({
      sections: [makeSection('s', [], { titleText: evil })],
      opening: [prose([link, text(`\\frac ${evil}`)])],
      allow: { 'image-alt': evil },
    })
    const rendered = makeRendered(`<img src="${evil}"><a href="#${evil}">*|${evil}|*</a><p>*|A|* ${evil}</p>`, {
      text: `%%A%% ${evil}`,
    })
    const found = runChecks({ issue, rendered, sample: SAMPLE })
    expect(found.length).toBeGreaterThanOrEqual(6)
    for (const { message, remedy, excerpt = '', allowed = '' } of found) {
      expect([message, remedy, excerpt, allowed].join('')).not.toMatch(UNSAFE)
      expect(message.length).toBeLessThan(300)
    }
  })
})

describe('ids of rules', () => {
  test('are unique, kebab-case, and each rule tells all that its reference page needs', () => {
    expect(new Set(RULES.map((rule) => rule.id)).size).toBe(RULES.length)
    for (const rule of RULES) {
      expect(rule.id).toMatch(/^[a-z]+(?:-[a-z]+)*$/)
      expect(rule.summary).not.toMatch(/\.$/)
      for (const words of [rule.why, rule.remedy]) expect(words).toMatch(/[.:`?]$/)
      for (const words of [rule.reference, rule.bad, rule.good]) expect(words).not.toBe('')
    }
  })
})

describe('the section checks of the configuration', () => {
  test('accepts a level, or a level with options', () => {
    const config = { 'link-shortener': 'off', 'size-clip': { severity: 'warning', warnBytes: 90_000 } }
    expect(CheckOptions.parse(config)).toEqual({
      'link-shortener': 'off',
      'size-clip': { severity: 'warning', warnBytes: 90_000, errorBytes: 100_000 },
    })
  })

  test.for([
    { 'link-shortner': 'off' },
    { 'link-shortener': 'info' },
    { 'link-shortener': { alow: [] } },
    { 'size-clip': { warnBytes: 0 } },
  ])('refuses %j', (config) => {
    expect(CheckOptions.safeParse(config).success).toBe(false)
  })
})
