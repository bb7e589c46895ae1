import { z } from 'zod'
import { type HtmlElement, type HtmlPage, placeElement } from '../html.ts'
import { quote } from '../quote.ts'
import { defineRule } from '../rule.ts'

/** Share of the body that an element must hold to stand for all of it. */
const WRAPPER_SHARE = 0.5

export const languageMissing = defineRule({
  id: 'language-missing',
  severity: 'error',
  needs: 'rendered',
  summary: 'Mail that does not say its language or direction',
  why: 'A screen reader takes its voice from `lang`, and clients offer to translate by it; `dir` keeps Arabic and Hebrew in order. A webmail drops `<html>`, and often `<body>` too, so both attributes must stand again on the body or on an element that holds most of it.',
  remedy:
    'Write `<html lang="…" dir="…">`, and both again on `<body>` or on the outermost table or div. The language of an issue is `language: …` in its front matter.',
  reference: 'WCAG 2.2, 3.1.1; Email Markup Consortium 2026: missing in 95.66% and 97.41% of mails',
  bad: '<html><body><p>Hello</p></body></html>',
  good: '<html lang="en" dir="ltr"><body lang="en" dir="ltr"><p>Hello</p></body></html>',
  options: z.strictObject({}),
  check({ html, report }) {
    const root = html.elements.find(({ name }) => name === 'html')
    const body = html.elements.find(({ name }) => name === 'body')
    for (const attribute of ['lang', 'dir'] as const) {
      if (!root?.attributes[attribute]) {
        const message = root ? `\`<html>\` has no \`${attribute}\`.` : `No \`<html>\` says the ${nameOf(attribute)}.`
        report({ message, ...(root ? placeElement(html, root) : { part: 'html' }) })
      }
      if (!body || listWrappers(html, body).some(({ attributes }) => attributes[attribute])) continue
      const message = `Neither \`<body>\` nor an element around its content has a \`${attribute}\`.`
      report({ message, ...placeElement(html, body) })
    }
    reportWrong(html, report)
  },
})

function nameOf(attribute: 'lang' | 'dir'): string {
  return attribute === 'lang' ? 'language' : 'direction'
}

function listWrappers(html: HtmlPage, body: HtmlElement): HtmlElement[] {
  const least = (body.end - body.openEnd) * WRAPPER_SHARE
  const inside = html.elements.filter(
    ({ start, openEnd, end }) => start > body.start && end <= body.end && end - openEnd >= least,
  )
  return [body, ...inside]
}

function reportWrong(
  html: HtmlPage,
  report: (found: { message: string } & ReturnType<typeof placeElement>) => void,
): void {
  const seen = new Set<string>()
  for (const element of html.elements) {
    const { lang = '', dir = '' } = element.attributes
    if (lang !== '' && !isLanguageTag(lang) && !seen.has(lang)) {
      report({ message: `${quote(lang)} is no language tag, such as "en" or "pt-BR".`, ...placeElement(html, element) })
      seen.add(lang)
    }
    if (dir !== '' && !/^(?:ltr|rtl|auto)$/i.test(dir) && !seen.has(`dir ${dir}`)) {
      report({ message: `${quote(dir)} is no direction; there are ltr, rtl and auto.`, ...placeElement(html, element) })
      seen.add(`dir ${dir}`)
    }
  }
}

function isLanguageTag(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1
  } catch {
    return false
  }
}
