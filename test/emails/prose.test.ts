import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import type { Flow } from 'letterpress/define'
import { describe, expect, test } from 'vitest'
import { Prose } from '../../emails/components/index.ts'
import { example } from '../../emails/example.ts'

const at = { line: 1, column: 1, offset: 0 }
const range = { start: at, end: at }
const text = (value: string) => ({ type: 'text', value, range }) as const
const paragraph = (value: string) => ({ type: 'paragraph', children: [text(value)], range }) as const
const print = (...nodes: Flow[]) => renderToStaticMarkup(createElement(Prose, { mail: example, nodes }))
const image = { type: 'image', src: 'cid:a', path: '/a.png', alt: 'A chart', range } as const

describe('tables', () => {
  const html = print({
    type: 'table',
    align: [null, 'right'],
    header: [
      { children: [text('Test')], range },
      { children: [text('Result')], range },
    ],
    rows: [
      [
        { children: [text('GSM8K')], range },
        { children: [text('10.9%')], range },
      ],
    ],
    range,
  })

  test('are data: column headers with scope, no presentation role', () => {
    expect(html.match(/<th scope="col"/g)).toHaveLength(2)
    expect(html).not.toContain('presentation')
  })

  test('keep the alignment of their columns', () => {
    expect(html).toMatch(/<th scope="col" align="left"/)
    expect(html).toMatch(/<td align="right"[^>]*>10\.9%/)
  })
})

describe('images', () => {
  test('carry their size in attributes, no wider than the measure', () => {
    expect(print({ ...image, width: 1088, height: 544 })).toContain('width="544"')
    expect(print({ ...image, width: 90, height: 30 })).toContain('width="90"')
    expect(print(image)).toMatch(/width="544" class/)
  })

  test('style the alternative text and show a title as caption', () => {
    const html = print({ ...image, title: 'From the paper' })
    expect(html).toMatch(/alt="A chart"[^>]*color:#[^>]*font-style:italic/)
    expect(html).toMatch(/<p[^>]*>From the paper<\/p>/)
  })
})

describe('lists', () => {
  test('keep points of one paragraph tight', () => {
    const items = [{ children: [paragraph('One')], range }]
    expect(print({ type: 'list', ordered: false, start: 1, items, range })).toMatch(/<li[^>]*>One<\/li>/)
  })

  test('start where the author starts, and mark tasks in the text', () => {
    const ordered = print({
      type: 'list',
      ordered: true,
      start: 3,
      items: [{ children: [paragraph('Three')], range }],
      range,
    })
    expect(ordered).toContain('<ol start="3"')
    const items = [true, false].map((checked) => ({ checked, children: [paragraph('Task')], range }))
    expect(print({ type: 'list', ordered: false, start: 1, items, range })).toMatch(/☑\u{2002}Task.*☐\u{2002}Task/u)
  })
})

test('code keeps its lines and escapes what it shows', () => {
  expect(print({ type: 'code', value: 'if (a < b)\n  <br>', range })).toContain('if (a &lt; b)\n  &lt;br&gt;</pre>')
})

test('a footnote and its mark find each other', () => {
  const html = print(
    {
      type: 'paragraph',
      children: [text('See'), { type: 'footnoteReference', number: 1, id: 'note-1', range }],
      range,
    },
    { type: 'footnotes', items: [{ number: 1, id: 'note-1', children: [paragraph('There.')], range }], range },
  )
  expect(html).toMatch(/<sup[^>]*><a href="#note-1"[^>]*>1<\/a>/)
  expect(html).toMatch(/<a name="note-1"><\/a>1\. There\./)
})

test('a reader’s name is set apart from the direction of the sentence', () => {
  const slot = { type: 'slot', name: 'subscriber.name', fallback: 'there', range } as const
  expect(print({ type: 'paragraph', children: [slot], range })).toMatch(/<bdi>.+<\/bdi>/)
})
