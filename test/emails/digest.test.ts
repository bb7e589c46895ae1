import { describe, expect, test } from 'vitest'
import { example } from '../../emails/example.ts'
import { loadWords } from '../../src/render/words/index.ts'
import { markSlot } from '../../src/render/slot.ts'
import { printDigest, textOf } from './print.ts'

const html = printDigest()
const rtl = printDigest({ language: 'ar', direction: 'rtl', words: loadWords('ar') })
const count = (text: string, what: RegExp) => [...text.matchAll(what)].length

describe('the document', () => {
  test('has one title, naming issue and newsletter', () => {
    expect([...html.matchAll(/<title>(.*?)<\/title>/g)].map((match) => match[1])).toEqual([
      'Important LLM papers of the week · LLM Papers Weekly',
    ])
  })

  test.each([
    ['ltr', 'en', html],
    ['rtl', 'ar', rtl],
  ])('says %s and %s on html, body and the outermost table, since webmail drops the first two', (dir, lang, mail) => {
    for (const tag of ['html', 'body', 'table']) {
      const first = new RegExp(`<${tag}\\b[^>]*>`).exec(mail.replaceAll(/<!--.*?-->/gs, ''))?.[0] ?? ''
      expect(first).toContain(`lang="${lang}"`)
      expect(first).toContain(`dir="${dir}"`)
    }
  })

  test('opens no window and loads nothing ahead', () => {
    expect(html).not.toContain('target=')
    expect(html).not.toContain('rel="preload"')
    expect(html).not.toContain('data-mso')
  })

  test('keeps its style sheet below 4 kB', () => {
    const css = /<style>(.*?)<\/style>/s.exec(html.replaceAll(/<!--.*?-->/gs, ''))?.[1] ?? ''
    expect(css).toContain('prefers-color-scheme')
    expect(css).toContain('[data-ogsc]')
    expect(Buffer.byteLength(css)).toBeLessThan(4096)
  })

  test('holds the column together in classic Outlook', () => {
    const outlook = [...html.matchAll(/<!--\[if mso\]>(.*?)<!\[endif\]-->/gs)].map((match) => match[1] ?? '').join('')
    expect(count(outlook, /<table [^>]*width="640"/g)).toBe(count(outlook, /<\/table>/g))
    expect(outlook).toContain('<o:PixelsPerInch>96')
  })
})

describe('what readers need', () => {
  test('every mail has the link to unsubscribe, with a site or without', () => {
    const bare = printDigest({ issue: example.issue, newsletter: { name: 'Bare' } })
    expect(html).toContain(`href="${markSlot('unsubscribeUrl')}"`)
    expect(bare).toContain(`href="${markSlot('unsubscribeUrl')}"`)
    expect(bare).not.toContain(markSlot('webUrl'))
    expect(bare).not.toContain(markSlot('preferencesUrl'))
    expect(bare).not.toContain('example.com/issues')
    expect(html).toContain(`href="${markSlot('webUrl')}"`)
    expect(html).toContain(`href="${markSlot('preferencesUrl')}"`)
  })

  test('every link within the mail leads to an anchor by name, each there once', () => {
    const names = [...html.matchAll(/<a name="([^"]+)"><\/a>/g)].map((match) => match[1])
    const targets = [...html.matchAll(/href="#([^"]+)"/g)].map((match) => match[1])
    expect(targets).toHaveLength(2)
    expect(names).toEqual(expect.arrayContaining(targets))
    expect(new Set(names).size).toBe(names.length)
    for (const { id, entries } of example.issue.sections) {
      expect(names).toEqual(expect.arrayContaining([id, ...entries.map((entry) => entry.id)]))
    }
  })

  test('a row of the contents leads to the archive too when there is one', () => {
    for (const { id } of example.issue.sections) {
      expect(html).toContain(`href="#${id}"`)
      expect(html).toContain(`href="${example.archiveUrl}#${id}"`)
    }
  })

  test('headings descend in order: one title, sections, entries', () => {
    const levels = [...html.matchAll(/<h([1-6])/g)].map((match) => Number(match[1]))
    expect(levels.filter((level) => level === 1)).toEqual([1])
    levels.reduce((before, level) => {
      expect(level).toBeLessThanOrEqual(before + 1)
      return level
    })
  })

  test('hides nothing but a preheader of at most 150 characters', () => {
    const long = printDigest({
      issue: {
        ...example.issue,
        preheader: [{ ...example.issue.subject[0], type: 'text', value: 'a word '.repeat(60) } as never],
      },
    })
    const hidden = [...long.matchAll(/<div style="display:none[^>]*>(.*?)<\/div>/g)].map((match) => match[1] ?? '')
    expect(hidden).toHaveLength(1)
    expect(hidden[0]?.length).toBeLessThanOrEqual(150)
    expect(hidden[0]).toMatch(/(a|word)…$/)
    expect(count(long, /display:\s*none/g)).toBe(1)
  })
})

describe('weight', () => {
  test('markup stays below 7 kB, 350 bytes per entry and 50 per paragraph', () => {
    const entries = count(html, /<h3/g)
    const paragraphs = count(html, /<(p|li)\b/g)
    const overhead = Buffer.byteLength(html) - Buffer.byteLength(textOf(html))
    expect(overhead).toBeLessThan(7000 + entries * 350 + paragraphs * 50)
  })
})

describe('right to left', () => {
  test('mirrors indents, edges and alignment', () => {
    expect(rtl).toMatch(/<ul style="margin:0 26px 16px 0/)
    expect(rtl).toContain('border-right:3px solid')
    expect(rtl).not.toContain('border-left:')
    expect(rtl).not.toMatch(/align="left" class="[sm]/)
  })

  test('lets sentences of the configuration keep their own direction', () => {
    expect(rtl).toContain(`<bdi>${example.newsletter.reason}</bdi>`)
  })

  test('keeps code from left to right, and spaces no joined letters', () => {
    expect(rtl).toMatch(/<code[^>]* dir="ltr"/)
    expect(rtl).not.toContain('letter-spacing')
    expect(html).toContain('letter-spacing')
  })
})
