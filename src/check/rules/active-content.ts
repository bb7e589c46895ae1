import { z } from 'zod'
import { type HtmlElement, placeElement } from '../html.ts'
import { defineRule } from '../rule.ts'

const ELEMENTS = new Set(
  'script form input button select textarea iframe frame frameset object embed applet base portal fencedframe'.split(
    ' ',
  ),
)

export const activeContent = defineRule({
  id: 'active-content',
  severity: 'error',
  needs: 'rendered',
  summary: 'Code, form or frame in the mail',
  why: 'Clients remove scripts, frames, plug-ins, forms and event handlers, and whatever depended on them is lost; some refuse the whole mail. A `base` changes every link of the page that a webmail shows the mail in.',
  remedy: 'Take it out, and link to a page that does the same.',
  reference: 'Can I email: html-form, html-object; Google 81126; caniemail tests of script and iframe',
  bad: '<form action="https://example.com/vote"><button>Vote</button></form>',
  good: '<a href="https://example.com/vote">Vote</a>',
  options: z.strictObject({}),
  check({ html, report }) {
    for (const element of html.elements) {
      const message = describe(element)
      if (message !== undefined) report({ message, ...placeElement(html, element) })
    }
  },
})

// Fields within a form that was reported add nothing; one handler tells of its element.
function describe({ name, attributes, parent }: HtmlElement): string | undefined {
  if (ELEMENTS.has(name)) {
    if (isInForm(parent)) return undefined
    return `Mail clients remove \`<${name}>\`.`
  }
  if (name === 'meta' && /^refresh$/i.test(attributes['http-equiv']?.trim() ?? '')) {
    return 'Mail clients ignore a `<meta>` that leads to another page, and filters distrust it.'
  }
  const handler = Object.keys(attributes).find((attribute) => /^on[a-z]{3,}$/i.test(attribute))
  return handler === undefined ? undefined : `Mail clients remove the event handler \`${handler}\`.`
}

function isInForm(element: HtmlElement | undefined): boolean {
  return element !== undefined && (element.name === 'form' || isInForm(element.parent))
}
