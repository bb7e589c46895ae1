import { describe, expect, test } from 'vitest'
import { theme } from '../../../emails/theme.ts'
import { writeHtml } from '../../../src/render/mjml/html.ts'
import type { HtmlContext } from '../../../src/render/mjml/html-context.ts'
import type { Flow } from '../../../src/issue/index.ts'
import { splitSlots } from '../../../src/render/index.ts'
import { loadWords } from '../../../src/render/words/index.ts'
import { code, link, node, paragraph, slot, text } from './mail.ts'

function write(flow: readonly Flow[], more: Partial<HtmlContext> = {}): string {
  const html = writeHtml(flow, { theme, words: loadWords('en'), direction: 'ltr', width: 592, ...more })
  return html.replaceAll(/ (?:style|class)="[^"]*"/g, '')
}

const image = { type: 'image' as const, src: 'cid:a', alt: 'A "tree"' }
const items = [
  node({ checked: true, children: [paragraph(text('Done'))] }),
  node({ checked: false, children: [paragraph(text('Open')), paragraph(text('More'))] }),
]

describe('HTML of author’s text', () => {
  test('a task begins with its box', () => {
    const html = write([node({ type: 'list', ordered: true, start: 3, items })])
    expect(html).toBe('<ol start="3"><li>☑\u{2002}Done</li>' + '<li>☐\u{2002}Open<p>More</p></li></ol>')
  })

  test('an image fits the column, and its title is the caption', () => {
    const figure = node({ ...image, width: 1184, height: 400, title: 'Figure <1>' })
    expect(write([figure])).toBe(
      '<p><img src="cid:a" alt="A &quot;tree&quot;" width="592" height="200"></p><p>Figure &lt;1&gt;</p>',
    )
    expect(write([node(image)])).toContain('width="592"')
    expect(write([paragraph(node({ ...image, width: 20, height: 10, title: 'T' }))])).toContain(
      'title="T" width="20" height="10"',
    )
    expect(write([paragraph(node(image))])).not.toContain('width')
  })

  test('links open no window, and footnotes are places in the mail', () => {
    const reference = node({ type: 'footnoteReference' as const, number: 1, id: 'note-1' })
    const notes = node({
      type: 'footnotes' as const,
      items: [node({ number: 1, id: 'note-1', children: [paragraph(text('So.'))] })],
    })
    expect(write([paragraph(link('https://a/?b=1&c', text('A')), reference), notes])).toBe(
      '<p><a href="https://a/?b=1&amp;c">A</a><sup><a href="#note-1">1</a></sup></p>' +
        '<p>Notes</p><div><a id="note-1" name="note-1"></a>1. So.</div>',
    )
  })

  test('a slot keeps its fallback as it was written', () => {
    expect(splitSlots(write([paragraph(slot('subscriber.name', '<you> & "me"'))]))).toEqual([
      '<p><bdi>',
      { slot: 'subscriber.name', fallback: '<you> & "me"' },
      '</bdi></p>',
    ])
  })

  test('code keeps its lines, and runs from left to right in Arabic', () => {
    expect(write([node({ type: 'code', value: 'a\n  <b>' })])).toContain('<pre>a\n  &lt;b&gt;</pre>')
    expect(write([paragraph(code('x'))], { direction: 'rtl' })).toBe('<p><code dir="ltr">x</code></p>')
  })

  test('lists and quotes are indented where lines begin', () => {
    const flow = [
      node({ type: 'blockquote' as const, children: [] }),
      node({ type: 'list' as const, ordered: false, start: 1, items: [] }),
    ]
    const context = { theme, words: loadWords('ar'), width: 592 }
    expect(writeHtml(flow, { ...context, direction: 'ltr' })).toMatch(/border-left:.*margin-left:26px/)
    expect(writeHtml(flow, { ...context, direction: 'rtl' })).toMatch(/border-right:.*margin-right:26px/)
  })

  test('a table breaks its longest words when a phone has no room, and no others', () => {
    const row = (...cells: string[]) => cells.map((value) => node({ children: [text(value)] }))
    const table = (...cells: string[]) =>
      node({ type: 'table' as const, align: cells.map(() => null), header: row(...cells), rows: [row(...cells)] })
    const broken = (flow: Flow) =>
      writeHtml([flow], { theme, words: loadWords('en'), direction: 'ltr', width: 592 }).match(/word-break:break-word/g)
    expect(broken(table('Test', 'Before', 'After'))).toBeNull()
    expect(broken(table('Donaudampfschifffahrtsgesellschaft', '12.5', '4.0'))).toHaveLength(2)
  })
})
