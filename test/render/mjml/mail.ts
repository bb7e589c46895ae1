import { blocks } from '../../../emails/blocks/index.ts'
import { theme } from '../../../emails/theme.ts'
import type { Block, Entry, Flow, Inline, Issue, Piece } from '../../../src/issue/index.ts'
import type { TemplateProps } from '../../../src/render/index.ts'
import type { BlockComponents } from '../../../src/render/template.ts'
import { loadWords } from '../../../src/render/words/index.ts'

const range = { start: { line: 1, column: 1, offset: 0 }, end: { line: 1, column: 1, offset: 0 } }

export const text = (value: string): Inline => ({ type: 'text', value, range })
export const code = (value: string): Inline => ({ type: 'inlineCode', value, range })
export const slot = (name: string, fallback?: string): Inline => ({
  type: 'slot',
  name,
  range,
  ...(fallback ? { fallback } : {}),
})
export const link = (url: string, ...children: Inline[]): Inline => ({ type: 'link', url, children, range })
export const paragraph = (...children: Inline[]): Flow => ({ type: 'paragraph', children, range })
export const prose = (...children: Flow[]): Piece => ({ type: 'prose', children, range })

/** A node of any type at no place in particular. */
export function node<T extends object>(value: T): T & { range: typeof range } {
  return { ...value, range }
}

export function block(name: string, props: Block['props'], body: Flow[] = [], actions: Block['actions'] = []): Piece {
  return { type: 'block', block: name, props, body, actions, range }
}

export function entry(number: string, title: string, body: Flow[], more: Partial<Entry> = {}): Entry {
  return { id: `entry-${number}`, number, title: [text(title)], titleText: title, body, after: [], range, ...more }
}

/** An issue of one section and one entry, changed by `more`. */
export function issue(more: Partial<Issue> = {}): Issue {
  const entries = [entry('1.1', 'An entry', [paragraph(text('Its words.'))])]
  return {
    id: 'test',
    slug: 'test',
    file: 'issues/test.md',
    title: 'A test',
    period: { from: '2026-08-10', to: '2026-08-16' },
    subject: [{ type: 'text', value: 'A test', range }],
    tags: [],
    draft: false,
    allow: {},
    opening: [],
    sections: [
      { id: 'a-section', number: '1', title: [text('A section')], titleText: 'A section', intro: [], entries, range },
    ],
    closing: [],
    places: {},
    ...more,
  }
}

/** What a template gets, with the built-in blocks and theme. */
export function mail(more: Partial<TemplateProps> = {}): TemplateProps {
  return {
    issue: issue(),
    newsletter: { name: 'Test Weekly' },
    theme,
    words: loadWords('en'),
    language: 'en',
    direction: 'ltr',
    blocks: Object.fromEntries(blocks.map(({ name, Component }) => [name, Component])) as BlockComponents,
    ...more,
  }
}
