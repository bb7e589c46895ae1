import { z } from 'zod'
import { listLinks } from '../links.ts'
import type { LinkState } from '../online/probe.ts'
import { pageOf } from '../online/web-links.ts'
import { quote } from '../quote.ts'
import { defineRule } from '../rule.ts'

export const linkDead = defineRule({
  id: 'link-dead',
  severity: 'error',
  needs: 'rendered',
  summary: 'Link to a page that is not there',
  why: 'Only `check --online` asks. A page that answers 404 or 410 is an error, a host that no name server knows a warning. Anything else says nothing: many sites keep robots out with 403 or 429, and a server may be down for an hour. Asked are public addresses only, two pages of a host at a time, within one minute for all; answers are kept for 24 hours. Links of a single reader and the page of the issue itself are never asked for.',
  remedy: 'Correct the address, or link to a copy of the page, in the Internet Archive for instance.',
  reference: 'RFC 9110 §15.5.5 and §15.5.11',
  bad: '[The dataset](https://example.com/datasets/v1.zip)',
  good: '[The dataset](https://example.com/datasets/)',
  options: z.strictObject({}),
  check({ issue, html, pages, report }) {
    if (!pages) return
    for (const { url, place } of listLinks(issue, html)) {
      const state = pages.get(pageOf(url))
      if (state?.state === 'gone') report({ message: describe(url, state), ...place })
      else if (state?.state === 'unresolved') {
        const message = `No name server knows ${state.host}, so the link ${quote(url)} leads nowhere.`
        report({ severity: 'warning', message, ...place })
      }
    }
  },
})

function describe(url: string, { status, at }: LinkState & { state: 'gone' }): string {
  const answer = status === 410 ? 'answers 410: it was removed for good' : 'answers 404: there is none'
  if (URL.parse(pageOf(url))?.href === at) return `The page ${quote(url)} ${answer}.`
  return `The link ${quote(url)} leads on to ${quote(at)}, which ${answer}.`
}
