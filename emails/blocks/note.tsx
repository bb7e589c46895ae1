import { type BlockProps, defineBlock, type TemplateProps } from 'letterpress/define'
import type { ReactElement } from 'react'
import { z } from 'zod'
import { Label, Panel, Prose, Title } from '../components/index.ts'

const attributes = z.strictObject({
  title: z.string().min(1).optional().describe('In bold above the text.'),
  tone: z.enum(['info', 'warning']).default('info').describe('`warning` is marked in the accent colour.'),
})

type Attributes = z.output<typeof attributes>

function labelOf(tone: Attributes['tone'], mail: TemplateProps): string {
  return tone === 'warning' ? mail.words.warning : mail.words.note
}

/** The bar at the edge carries the tone; the label says it in words, since colour alone tells many readers nothing. */
function Note({ mail, body, attributes: { title, tone } }: BlockProps<Attributes>): ReactElement {
  const { light } = mail.theme
  const edge = mail.direction === 'rtl' ? 'borderRight' : 'borderLeft'
  const [colour, rule] = tone === 'warning' ? [light.accent, 'r'] : [light.line, 'l']
  return (
    <Panel
      mail={mail}
      bare
      className={`n t ${rule}`}
      bgcolor={light.panel}
      style={{ padding: '16px 20px 2px', color: light.text, [edge]: `4px solid ${colour}` }}
    >
      <Label mail={mail}>{labelOf(tone, mail)}</Label>
      {title === undefined ? null : <Title mail={mail}>{title}</Title>}
      <Prose mail={mail} nodes={body} />
    </Panel>
  )
}

/** A remark beside the text. */
export const note = defineBlock<Attributes>({
  name: 'note',
  summary: 'A remark or a warning beside the text',
  attributes,
  body: 'markdown',
  canBeShared: true,
  Component: Note,
  outline: ({ attributes: { title, tone }, body, mail }) => ({
    label: labelOf(tone, mail),
    ...(title === undefined ? {} : { title }),
    body,
    actions: [],
  }),
  example: `:::note{title="A correction" tone="warning"}
Last week's figure for the second benchmark was 47.2%, not 42.7%.
:::`,
})
