import { type BlockProps, defineBlock } from 'letterpress/define'
import type { ReactElement } from 'react'
import { z } from 'zod'
import { Anchor, Contents, CONTENTS_ID, hangNumbers, Label, listContents, Panel } from '../components/index.ts'

const attributes = z.strictObject({
  depth: z.coerce.number().int().min(1).max(2).default(1).describe('1 lists the sections, 2 their entries as well.'),
  title: z.string().min(1).optional().describe('Above the list. Default: “Contents” in the language of the issue.'),
})

type Props = BlockProps<z.output<typeof attributes>>

function rowsOf({ attributes: { depth }, mail }: Props): ReturnType<typeof listContents> {
  return listContents(mail.issue, depth === 2 ? 2 : 1)
}

/** Between two lines on the sheet itself: a list to choose from, not a call to action. */
function Toc(props: Props): ReactElement {
  const { mail, attributes } = props
  const rows = rowsOf(props)
  return (
    <Panel
      mail={mail}
      bare
      className="l a"
      style={{
        ...hangNumbers(mail, rows),
        lineHeight: '24px',
        border: `solid ${mail.theme.light.line}`,
        borderWidth: '1px 0',
      }}
    >
      <Anchor name={CONTENTS_ID} />
      <Label mail={mail}>{attributes.title ?? mail.words.contents}</Label>
      <Contents mail={mail} rows={rows} />
    </Panel>
  )
}

/** Table of contents, from the issue itself. */
export const toc = defineBlock<z.output<typeof attributes>>({
  name: 'toc',
  summary: 'Table of contents, always true to the issue',
  attributes,
  body: 'none',
  canBeShared: false,
  Component: Toc,
  outline: (props) => ({
    title: props.attributes.title ?? props.mail.words.contents,
    body: [],
    actions: [],
    contents: rowsOf(props),
  }),
  example: '::toc{depth=2}',
})
