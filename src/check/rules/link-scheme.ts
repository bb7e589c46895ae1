import { z } from 'zod'
import { type HtmlElement, placeElement } from '../html.ts'
import { quote } from '../quote.ts'
import { defineRule, type RenderedContext } from '../rule.ts'

const ATTRIBUTES = ['href', 'src', 'background', 'poster'] as const
const FORBIDDEN = new Set(['javascript', 'vbscript', 'data', 'file', 'ftp', 'blob', 'about'])

export const linkScheme = defineRule({
  id: 'link-scheme',
  severity: 'error',
  needs: 'rendered',
  summary: 'Address that no mail client can open',
  why: 'A mail has no page that an address could be relative to: `/about`, `//example.com` and `picture.png` lead nowhere. Clients remove `javascript:`, `vbscript:`, `data:` and `file:` and take the whole mail for an attack. Links of an issue are held to https, http, mailto, tel and `#` when it is read, so what is found here stands in a template. An image in a `data:` address is the matter of image-format.',
  remedy: 'Write the whole address, beginning with `https://`.',
  reference: 'RFC 3986 §4.2 (relative references); inbox providers remove active schemes',
  bad: '<a href="/archive/">All issues</a>',
  good: '<a href="https://news.example.com/archive/">All issues</a>',
  options: z.strictObject({}),
  check(context) {
    const { html, report } = context
    const seen = new Set<string>()
    for (const element of html.elements) {
      for (const name of ATTRIBUTES) {
        const address = readAddress(element, name)
        if (address === undefined || seen.has(`${name} ${address}`)) continue
        const trouble = describe(address, name, context)
        if (trouble === undefined) continue
        seen.add(`${name} ${address}`)
        report({ message: trouble, ...placeElement(html, element) })
      }
    }
  },
})

// A `base` or a form is the matter of active-content, a `link` loads nothing in a mail.
function readAddress({ name, attributes }: HtmlElement, attribute: string): string | undefined {
  return name === 'base' || name === 'link' || name === 'script' ? undefined : attributes[attribute]
}

function describe(address: string, attribute: string, { rendered }: RenderedContext<unknown>): string | undefined {
  // Browsers drop these characters before they read the scheme.
  const plain = address.replaceAll(/[\p{Cc}\s]/gu, '')
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(plain)?.[1]?.toLowerCase()
  if (scheme !== undefined) {
    if (!FORBIDDEN.has(scheme) || (scheme === 'data' && attribute !== 'href')) return undefined
    return `The address ${quote(address)} has the scheme ${scheme}:, which mail clients do not open.`
  }
  if (plain.startsWith('#')) return undefined
  if (plain.startsWith('//')) return `The address ${quote(address)} lacks its scheme, and a mail has none to lend.`
  if (plain !== '')
    return `The address ${quote(address)} is relative, and a mail has no page that it could be relative to.`
  // One that only a missing value of a reader emptied is the matter of slot-unresolved.
  const isWritten = rendered.html.some(
    (part) => typeof part === 'string' && new RegExp(`\\s${attribute}=(?:""|'')`, 'i').test(part),
  )
  return isWritten ? `An empty \`${attribute}\` leads nowhere.` : undefined
}
