import type { Flow, Footnotes, List, TemplateProps } from 'letterpress/define'
import type { ReactElement, ReactNode } from 'react'
import { Anchor } from './anchor.tsx'
import { CodeBlock } from './code.tsx'
import { DataTable } from './data-table.tsx'
import { Figure } from './figure.tsx'
import { Heading } from './heading.tsx'
import { Inlines } from './inlines.tsx'
import { inset } from './sides.ts'
import { Text } from './text.tsx'

interface FlowsProps {
  readonly mail: TemplateProps
  readonly nodes: readonly Flow[]
  /** In a list, quote or note: a lone paragraph is no `p`, and the last one leaves no space below. */
  readonly tight?: boolean
}

/** Author's text: paragraphs and everything that may stand among them. */
export function Prose({ mail, nodes }: Omit<FlowsProps, 'tight'>): ReactElement {
  return <Flows mail={mail} nodes={nodes} />
}

/** Nodes of flow content in order. */
function Flows({ mail, nodes, tight = false }: FlowsProps): ReactElement {
  const [first] = nodes
  if (tight && nodes.length === 1 && first?.type === 'paragraph') return <Inlines mail={mail} nodes={first.children} />
  return (
    <>
      {nodes.map((node, index) => (
        <FlowNode key={index} mail={mail} node={node} gap={tight ? (index === nodes.length - 1 ? 0 : 8) : 16} />
      ))}
    </>
  )
}

function FlowNode({
  mail,
  node,
  gap,
}: {
  readonly mail: TemplateProps
  readonly node: Flow
  /** Space below a paragraph or list, in pixels. */
  readonly gap: number
}): ReactNode {
  switch (node.type) {
    case 'paragraph':
      return (
        <Text mail={mail} style={gap === 16 ? {} : { margin: gap === 0 ? 0 : `0 0 ${gap}px` }}>
          <Inlines mail={mail} nodes={node.children} />
        </Text>
      )
    case 'heading':
      return (
        <Heading mail={mail} as={`h${node.depth}`}>
          <Inlines mail={mail} nodes={node.children} />
        </Heading>
      )
    case 'list':
      return <ListOfItems mail={mail} list={node} gap={gap} />
    case 'table':
      return <DataTable mail={mail} table={node} />
    case 'code':
      return <CodeBlock mail={mail} value={node.value} />
    case 'blockquote':
      return <Quote mail={mail} nodes={node.children} />
    case 'image':
      return <Figure mail={mail} image={node} />
    case 'footnotes':
      return <Notes mail={mail} notes={node} />
  }
}

function Quote({ mail, nodes }: Omit<FlowsProps, 'tight'>): ReactElement {
  const { light, fonts } = mail.theme
  const edge = mail.direction === 'rtl' ? 'borderRight' : 'borderLeft'
  return (
    <blockquote
      className="l"
      style={{
        margin: '20px 0',
        padding: inset(mail, 2, 0, 2, 18),
        [edge]: `3px solid ${light.line}`,
        fontFamily: fonts.heading,
        fontStyle: 'italic',
      }}
    >
      <Flows mail={mail} nodes={nodes} tight />
    </blockquote>
  )
}

// The box of a task is text, not a picture of one: it has a colour, a contrast and a name that screen readers know.
const TASK = { margin: '0 0 8px', listStyleType: 'none', textIndent: -24 }

/** A list of points, numbers or tasks. The indent is a margin: Outlook ignores the padding of lists. */
function ListOfItems({
  mail,
  list,
  gap,
}: {
  readonly mail: TemplateProps
  readonly list: List
  readonly gap: number
}): ReactElement {
  const style = { margin: inset(mail, 0, 0, gap, 26), padding: 0 }
  const items = list.items.map((item, index) => (
    <li key={index} style={item.checked === undefined ? { margin: '0 0 8px' } : TASK}>
      {item.checked === undefined ? null : item.checked ? '☑\u{2002}' : '☐\u{2002}'}
      <Flows mail={mail} nodes={item.children} tight />
    </li>
  ))
  if (!list.ordered) return <ul style={style}>{items}</ul>
  return (
    <ol start={list.start === 1 ? undefined : list.start} style={style}>
      {items}
    </ol>
  )
}

/** Footnotes under the text that refers to them. Each number stands in the text, since Outlook resets list numbers. */
function Notes({ mail, notes }: { readonly mail: TemplateProps; readonly notes: Footnotes }): ReactElement {
  return (
    <>
      <Text mail={mail} small style={{ margin: '20px 0 4px', fontWeight: 'bold' }}>
        {mail.words.notes}
      </Text>
      {notes.items.map((note) => (
        <div
          key={note.id}
          className="m"
          style={{ margin: '0 0 8px', color: mail.theme.light.muted, fontSize: 14, lineHeight: 1.5 }}
        >
          <Anchor name={note.id} />
          {note.number}. <Flows mail={mail} nodes={note.children} tight />
        </div>
      ))}
    </>
  )
}
