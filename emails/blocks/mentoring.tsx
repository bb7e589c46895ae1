import { type BlockProps, defineBlock } from 'letterpress/define'
import type { ReactElement } from 'react'
import { z } from 'zod'
import { Buttons, Panel, Prose, Title } from '../components/index.ts'

const attributes = z.strictObject({
  title: z.string().min(1).describe('What readers can get help with.'),
})

function Mentoring({
  mail,
  body,
  actions,
  attributes: { title },
}: BlockProps<z.output<typeof attributes>>): ReactElement {
  return (
    <Panel mail={mail}>
      <Title mail={mail}>{title}</Title>
      <Prose mail={mail} nodes={body} />
      <Buttons mail={mail} actions={actions} />
    </Panel>
  )
}

/** An invitation with several ways to take it up. */
export const mentoring = defineBlock<z.output<typeof attributes>>({
  name: 'mentoring',
  summary: 'An invitation to work with you',
  attributes,
  body: 'actions',
  canBeShared: true,
  Component: Mentoring,
  outline: ({ attributes: { title }, body, actions }) => ({ title, body, actions }),
  example: `:::mentoring{title="Start a career in data science"}
One-to-one sessions and long-term mentoring.
- [Book a session](https://example.com/session)
- [Long-term mentoring](https://example.com/long-term)
:::`,
})
