import { z } from 'zod'
import { cutExcerpt, type HtmlPlace, placeElement } from '../html.ts'
import { defineRule, type RenderedContext } from '../rule.ts'
import { tally, tellMore } from '../style/shown.ts'
import { CLIENTS, nameClients } from '../style/support/clients.ts'
import { detectElements } from '../style/support/elements.ts'
import { DATA_DATE, listDropping } from '../style/support/features.ts'
import type { Hit } from '../style/support/hit.ts'
import { detectLayout } from '../style/support/layout.ts'
import { detectPaint } from '../style/support/paint.ts'
import { detectValues } from '../style/support/values.ts'

const DETECTORS = [detectElements, detectLayout, detectPaint, detectValues] as const

export const clientSupport = defineRule({
  id: 'client-support',
  severity: 'error',
  needs: 'rendered',
  summary: 'Something that large mail clients drop, without a fallback',
  why: `What a client does not know it leaves out. It is an error where content is lost, out of place or unreadable there, and a warning where the layout breaks. Extras are passed over: rounded corners, shadows, fonts, media queries, and whatever leaves the mail complete when it is gone; so is what has a fallback, such as a table for classic Outlook in a conditional comment, a \`bgcolor\`, or a picture in a video. Which client drops what is known from caniemail.com, with its data of ${DATA_DATE}; \`npm run client-data\` in Letterpress’ own repository brings it up to date.`,
  remedy: 'Use tables, plain colours and pictures, or add a fallback.',
  reference: `caniemail.com, data of ${DATA_DATE} (© Rémi Parmentier, MIT License)`,
  bad: '<div style="display:flex"><div>Monday</div><div>Tuesday</div></div>',
  good: '<table role="presentation"><tr><td>Monday</td><td>Tuesday</td></tr></table>',
  options: z.strictObject({
    clients: z
      .array(z.enum(CLIENTS))
      .default([...CLIENTS])
      .describe('Clients that count; leave those out that your readers do not use.'),
  }),
  check(context) {
    const { html, look, options, report } = context
    const counted = new Set<string>(options.clients)
    const hits = DETECTORS.flatMap((detect) => detect(html, look()))
    for (const { first, count } of tally(hits, ({ severity, what }) => `${severity} ${what}`)) {
      const clients = listDropping(first.features).filter((client) => counted.has(client))
      if (clients.length === 0) continue
      const message = `${first.what}: in ${nameClients(clients)} ${first.effect}.${tellMore(count)}`
      report({ severity: first.severity, message, remedy: first.remedy, ...placeHit(first, context) })
    }
  },
})

function placeHit({ at }: Hit, { html }: RenderedContext<unknown>): HtmlPlace {
  if (typeof at !== 'number') return placeElement(html, at)
  return { part: 'html', position: html.lines.position(at), excerpt: cutExcerpt(html.source.slice(at, at + 200)) }
}
