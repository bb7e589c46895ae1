import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Issue } from '../../src/issue/index.ts'
import { block, code, entry, issue, link, node, paragraph, prose, slot, text } from '../render/mjml/mail.ts'

const MJML = '</mj-text><mj-raw><script>alert(1)</script></mj-raw><mj-text>'
const LIQUID = '{{ 7 | times: 7 }} {% include "/etc/passwd" %} {{ unsubscribeUrl }}'
const OUTLOOK = '<!--[if mso]><v:rect><![endif]--> ]]> &lt; &amp;amp; "quoted" \'apostrophe\' $& $1'

const COVER = { src: 'https://example.com/cover.png?a="', width: 300, height: 400 }

/** Text that would be markup, MJML, Liquid or a conditional comment if anything forgot to escape it. */
export function makeHostileIssue(): Issue {
  const url = 'https://example.com/?a="><script>alert(2)</script>&b={{7*7}}'
  const flow = [
    paragraph(
      text(MJML),
      node({ type: 'strong' as const, children: [text(OUTLOOK)] }),
      code(LIQUID),
      slot('subscriber.name', '<b>&"you"</b>'),
    ),
    paragraph(link(url, text('A link'), code('</a>'))),
    node({ type: 'code' as const, value: `${LIQUID}\n  </pre></mj-text>\n\n    ${MJML}` }),
    node({
      type: 'table' as const,
      align: [null],
      header: [node({ children: [text('</th>')] })],
      rows: [[node({ children: [text('</td></table>')] })]],
    }),
    node({ type: 'blockquote' as const, children: [paragraph(text('</blockquote>'))] }),
    node({
      type: 'image' as const,
      src: 'https://example.com/a.png?"onerror="alert(3)',
      alt: `"><script>${LIQUID}`,
      title: '</p><mj-button>',
    }),
  ]
  const title = `Hostile ${MJML} ${LIQUID}`
  return issue({
    title: `${title} ${OUTLOOK}`,
    subtitle: MJML,
    author: LIQUID,
    preheader: [node({ type: 'text' as const, value: MJML + LIQUID })],
    opening: [
      block('toc', { depth: 2 }),
      prose(...flow),
      block('promo', { title: MJML, url, action: LIQUID, image: COVER, alt: `${LIQUID} "><script>` }, flow),
      block('note', { title: LIQUID, tone: 'info' }, flow),
      block('mentoring', { title: OUTLOOK }, flow, [
        { label: MJML, url },
        { label: LIQUID, url: '#entry-1.1' },
      ]),
    ],
    sections: [
      node({
        id: 'a',
        number: '1',
        title: [text(title)],
        titleText: title,
        intro: [],
        entries: [
          entry('1.1', MJML, flow, { url, meta: { authors: [MJML, LIQUID], venue: OUTLOOK, arxiv: '"><script>' } }),
        ],
      }),
    ],
    closing: [block('sponsor', { title: MJML, url, label: LIQUID }, flow)],
  })
}

const RECIPE = `import { defineBlock } from 'letterpress/define'
import { z } from 'zod'

const attributes = z.strictObject({ title: z.string(), url: z.string(), action: z.string() })

function Recipe({ attributes, mail }) {
  return (
    <div>
      <p>{attributes.title}</p>
      <p>Text of {mail.newsletter.name}</p>
      <a href={attributes.url}>{attributes.action}</a>
    </div>
  )
}

const recipe = defineBlock({
  name: 'recipe', summary: 'A recipe', attributes, body: 'none', canBeShared: false, Component: Recipe, example: '::recipe',
})
const contents = defineBlock({
  name: 'lineup', summary: 'A list', attributes: z.strictObject({}), body: 'none', canBeShared: false, example: '::lineup',
  Component: ({ mail }) => <p>{mail.issue.sections.map((section) => section.titleText).join(' ')}</p>,
  outline: ({ mail }) => ({
    body: [], actions: [],
    contents: mail.issue.sections.map(({ number, titleText, id }) => ({ depth: 1, number, title: titleText, id, count: 0 })),
  }),
})

export const blocks = [recipe, contents]
`

/** Blocks of an author's own: one without an outline, one whose outline is a list of places. */
export function writeOwnBlocks(root: string): void {
  const folder = join(root, 'emails', 'blocks')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'index.ts'), "export { blocks } from './recipe.tsx'\n")
  writeFileSync(join(folder, 'recipe.tsx'), RECIPE)
}

/** An issue with blocks of the author's own. */
export function makeOwnBlocksIssue(): Issue {
  const recipe = block('recipe', { title: 'Lentil soup', url: 'https://example.com/soup', action: 'Cook it' })
  return issue({ opening: [recipe], closing: [block('lineup', {}), recipe] })
}
