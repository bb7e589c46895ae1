import { type BlockProps, defineBlock } from 'letterpress/define'
import type { ReactElement } from 'react'
import { z } from 'zod'
import { Contents, CONTENTS_ID, Label, listContents, Panel } from '../components/index.ts'

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
  const { light } = mail.theme
  const line = `1px solid ${light.line}`
  return (
    <Panel
      mail={mail}
      className="s l"
      bgcolor={light.sheet}
      style={{ padding: '18px 0 14px 0', borderRadius: 0, lineHeight: '24px', borderTop: line, borderBottom: line }}
    >
      <a {...{ id: CONTENTS_ID, name: CONTENTS_ID }} />
      <Label mail={mail}>{attributes.title ?? mail.words.contents}</Label>
      <Contents mail={mail} rows={rowsOf(props)} />
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
