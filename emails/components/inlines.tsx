import { type Inline, slot, type TemplateProps } from 'letterpress/define'
import { Fragment, type ReactElement, type ReactNode } from 'react'
import { CodeSpan } from './code.tsx'
import { Img } from './img.tsx'
import { Link } from './link.tsx'

type SpanNode = Extract<Inline, { type: keyof typeof TAGS }>

const TAGS = { strong: 'strong', emphasis: 'em', delete: 'del', superscript: 'sup', subscript: 'sub' } as const

/** Author's text within a line. */
export function Inlines({
  mail,
  nodes,
}: {
  readonly mail: TemplateProps
  readonly nodes: readonly Inline[]
}): ReactElement {
  return (
    <>
      {nodes.map((node, index) => (
        <Fragment key={index}>{renderInline(node, mail)}</Fragment>
      ))}
    </>
  )
}

function Span({ mail, span }: { readonly mail: TemplateProps; readonly span: SpanNode }): ReactElement {
  const Tag = TAGS[span.type]
  return (
    <Tag>
      <Inlines mail={mail} nodes={span.children} />
    </Tag>
  )
}

function renderInline(node: Inline, mail: TemplateProps): ReactNode {
  switch (node.type) {
    case 'text':
      return node.value
    case 'strong':
    case 'emphasis':
    case 'delete':
    case 'superscript':
    case 'subscript':
      return <Span mail={mail} span={node} />
    case 'inlineCode':
      return <CodeSpan mail={mail} value={node.value} />
    case 'link':
      return (
        <Link mail={mail} href={node.url} title={node.title}>
          <Inlines mail={mail} nodes={node.children} />
        </Link>
      )
    case 'image':
      return <Img mail={mail} image={node} alt={node.alt} inline />
    case 'break':
      return <br />
    case 'slot':
      // A name may run against the direction of the sentence around it.
      return <bdi>{slot(node.name, node.fallback)}</bdi>
    case 'footnoteReference':
      return (
        <sup>
          <Link mail={mail} href={`#${node.id}`}>
            {node.number}
          </Link>
        </sup>
      )
  }
}
