import { readdirSync } from 'node:fs'
import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import type { BlockProps } from 'letterpress/define'
import { describe, expect, test } from 'vitest'
import { blocks } from '../../emails/blocks/index.ts'
import { example } from '../../emails/example.ts'
import { textOf } from './print.ts'

/** Attributes of the directive a block shows as its example; values arrive as strings, as from Markdown. */
function attributesOf(directive: string): Record<string, string> {
  const inside = /^:{2,}\w+\{([^}]*)\}/.exec(directive)?.[1] ?? ''
  return Object.fromEntries(
    [...inside.matchAll(/(\w+)=(?:"([^"]*)"|(\S+))/g)].map(([, key = '', quoted, bare]) => [key, quoted ?? bare ?? '']),
  )
}

test('every file in the folder is in the registry', () => {
  const files = readdirSync(new URL('../../emails/blocks/', import.meta.url)).filter((file) => file.endsWith('.tsx'))
  expect(blocks.map((block) => `${block.name}.tsx`).toSorted()).toEqual(files.toSorted())
})

describe.each(blocks.map((block) => [block.name, block] as const))('%s', (name, block) => {
  const parsed = block.attributes.safeParse(attributesOf(block.example))

  test('shows an example that passes its own schema', () => {
    expect(block.example).toMatch(
      block.body === 'none' ? new RegExp(`^::${name}\\b`) : new RegExp(`^:::${name}\\b[^]*\n:::$`),
    )
    expect(parsed.error?.issues).toBeUndefined()
  })

  test('describes each attribute and refuses unknown ones', () => {
    for (const schema of Object.values(block.attributes.shape))
      expect((schema as { description?: string }).description).toMatch(/\.$/)
    expect(block.attributes.safeParse({ ...attributesOf(block.example), colour: 'red' }).success).toBe(false)
  })

  test('says in the outline what it shows', () => {
    const actions = block.body === 'actions' ? [{ label: 'Book a session', url: 'https://example.com/session' }] : []
    const props: BlockProps<never> = {
      attributes: parsed.data as never,
      body: [],
      actions,
      block: {
        type: 'block',
        block: name,
        props: {},
        body: [],
        actions,
        range: example.issue.opening[0]?.range as never,
      },
      mail: example,
    }
    const outline = block.outline?.(props)
    const html = renderToStaticMarkup(createElement(block.Component, props))
    const words = textOf(html)
    expect(outline).toBeDefined()
    for (const said of [outline?.title, outline?.label]) if (said) expect(words).toContain(said)
    for (const action of outline?.actions ?? []) expect(html).toContain(`href="${action.url}"`)
    for (const row of outline?.contents ?? []) expect(words).toContain(`${row.number}\u{2002}${row.title}`)
  })
})

test('the contents list entries only when asked to', () => {
  const toc = blocks.find((block) => block.name === 'toc')
  const listed = (depth: string) => {
    const attributes = toc?.attributes.parse({ depth }) as never
    return toc?.outline?.({ attributes, body: [], actions: [], block: undefined as never, mail: example }).contents
      ?.length
  }
  expect([listed('1'), listed('2')]).toEqual([2, 6])
  expect(toc?.attributes.safeParse({ depth: '3' }).success).toBe(false)
})
