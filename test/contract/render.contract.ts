import { beforeAll, describe, expect, test } from 'vitest'
import type { Issue } from '../../src/issue/index.ts'
import { fillSlots, listSlots, type Rendered, renderIssue, type RenderOptions } from '../../src/render/index.ts'
import { listBlockImages, listBlockLinks, listExpectations, listLinks, readInlines } from './expectation.ts'
import { type Element, lettersOf, oneLine, type ReaderView, textOf, viewHtml } from './reader-view.ts'

/** What every template, whatever its engine, must make of an issue. */
export function describeRendering(name: string, issue: Issue, options: RenderOptions): void {
  describe(name, () => {
    let rendered: Rendered
    let view: ReaderView
    let text: string

    beforeAll(async () => {
      const result = await renderIssue(issue, options)
      expect(result.diagnostics).toEqual([])
      rendered = result.rendered as Rendered
      view = viewHtml(fillSlots(rendered.html, {}, 'html'))
      text = fillSlots(rendered.text, {}, 'text')
    })

    test('says everything in order in the HTML', () => {
      let from = 0
      for (const expectation of listExpectations(issue, options.newsletter)) {
        from = expectAfter(view.text, oneLine(expectation.text), from, expectation.what)
      }
    })

    test('says everything in order in the text part', () => {
      // Notes of links and the words around images are the text part's own.
      const letters = lettersOf(text.replaceAll(/ \[\d+\](?!\()/g, '').replaceAll(/^\[\d+\] \S+$/gm, ''))
      let from = 0
      for (const expectation of listExpectations(issue, options.newsletter)) {
        if (!expectation.only) from = expectAfter(letters, lettersOf(expectation.text), from, expectation.what)
      }
    })

    test('has every link, those of the text in order', () => {
      const hrefs = allOf(view, 'a').map((link) => link.attribs['href'] ?? '')
      let from = 0
      for (const url of listLinks(issue)) {
        const at = hrefs.indexOf(url, from)
        expect(at, `${url} after ${hrefs[from - 1]}`).toBeGreaterThanOrEqual(from)
        from = at + 1
      }
      expect(hrefs).toEqual(expect.arrayContaining(listBlockLinks(issue)))
      for (const url of [...listLinks(issue), ...listBlockLinks(issue)]) {
        if (!url.startsWith('#')) expect(text).toContain(url.replace(/^mailto:/, ''))
      }
    })

    test('has the title, sections and entries as headings, and none skips a level', () => {
      const headings = view.elements.filter(({ name: tag }) => /^h[1-6]$/.test(tag))
      const outline = headings
        .filter(({ name: tag }) => /^h[1-3]$/.test(tag))
        .map((heading) => `${heading.name} ${textOf(heading)}`)
      expect(outline).toEqual(listHeadings(issue))
      const levels = headings.map(({ name: tag }) => Number(tag.slice(1)))
      for (const [index, level] of levels.entries()) expect(level).toBeLessThanOrEqual((levels[index - 1] ?? 0) + 1)
    })

    test('leads to every section and entry, and every jump within the mail arrives', () => {
      const places = view.elements.flatMap(({ attribs }) => (attribs['id'] ? [attribs['id']] : []))
      expect(new Set(places).size).toBe(places.length)
      const names = allOf(view, 'a').flatMap(({ attribs }) => (attribs['name'] ? [attribs['name']] : []))
      for (const place of issue.sections.flatMap((section) => [section, ...section.entries]))
        expect(names).toContain(place.id)
      for (const { attribs } of allOf(view, 'a').filter((link) => link.attribs['href']?.startsWith('#'))) {
        expect(names).toContain(decodeURIComponent((attribs['href'] ?? '').slice(1)))
        expect(attribs).not.toHaveProperty('target')
      }
    })

    test('is a document with one title, its language and its direction', () => {
      expect(allOf(view, 'title').map(textOf)).toEqual([expect.stringContaining(oneLine(issue.title))])
      const [html] = allOf(view, 'html')
      expect(html?.attribs).toMatchObject({ lang: rendered.language, dir: rendered.direction })
      // An engine's own style must not turn the direction back.
      const turned = view.elements.flatMap(
        ({ attribs }) => /\bdirection:\s*(\w+)/.exec(attribs['style'] ?? '')?.[1] ?? [],
      )
      expect(new Set(turned)).toEqual(new Set(turned.length > 0 ? [rendered.direction] : []))
      expect(fillSlots(rendered.html, {}, 'html')).toMatch(/^<!doctype html>/i)
      expect(
        allOf(view, 'meta').filter(({ attribs }) => /^(?:color-scheme|viewport)$/.test(attribs['name'] ?? '')),
      ).toHaveLength(2)
    })

    test('lets readers leave, in both parts', () => {
      expect([...listSlots(rendered.html).keys()]).toContain('unsubscribeUrl')
      expect([...listSlots(rendered.text).keys()]).toContain('unsubscribeUrl')
    })

    test('loads nothing but its images, runs nothing, and leaves no mark behind', () => {
      expect(view.elements.filter(({ name: tag }) => /^(?:link|script|iframe|object|mj-.*)$/.test(tag))).toEqual([])
      expect(fillSlots(rendered.html, {}, 'html') + text).not.toMatch(/\p{Co}/u)
      const images = allOf(view, 'img').map(({ attribs }) => ({ src: attribs['src'], alt: attribs['alt'] }))
      expect(images).toEqual(expect.arrayContaining(listBlockImages(issue, rendered.images)))
      for (const image of allOf(view, 'img'))
        expect(image.attribs).toMatchObject({ alt: expect.any(String), src: expect.stringMatching(/^(?:https|cid):/) })
    })
  })
}

function expectAfter(text: string, wanted: string, from: number, what: string): number {
  const at = text.indexOf(wanted, from)
  if (at >= 0) return at + wanted.length
  const elsewhere = text.includes(wanted) ? 'it stands earlier' : 'it is missing'
  return expect.fail(
    `${what} “${wanted}”: ${elsewhere}; after “…${text.slice(Math.max(0, from - 60), from)}” comes “${text.slice(from, from + 160)}…”`,
  )
}

function allOf(view: ReaderView, tag: string): Element[] {
  return view.elements.filter((element) => element.name === tag)
}

function listHeadings(issue: Issue): string[] {
  return [
    `h1 ${oneLine(issue.title)}`,
    ...issue.sections.flatMap((section) => [
      `h2 ${section.number} ${oneLine(readInlines(section.title))}`,
      ...section.entries.map((entry) => `h3 ${entry.number} ${oneLine(readInlines(entry.title))}`),
    ]),
  ]
}
