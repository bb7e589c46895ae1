import { useResource } from '../resource.ts'
import type { IssueTree, TreeBody, TreeNode } from '../../api.ts'
import { openInEditor } from '../editor.ts'
import { Failure } from '../failure.tsx'
import { formatOctets } from '../format-octets.ts'
import { formatPlace } from '../frames/place.ts'
import { formatRoute, type IssueRoute } from '../route.ts'
import { Toolbar } from '../toolbar.tsx'
import type { IssueViewProps } from './types.ts'

const KIND_NAMES = {
  frame: 'Frame',
  opening: 'Opening',
  section: 'Section',
  entry: 'Entry',
  block: 'Block',
  prose: 'Text',
  closing: 'Closing',
} as const satisfies Record<TreeNode['kind'], string>

/** What the issue is made of: where each part stands in the mail and in the file, and what it weighs. */
export function TreeView({ open: { body }, route }: IssueViewProps) {
  const build = body.mail?.url.split('?')[1] ?? ''
  const { data, failure } = useResource<TreeBody>(`/api/issues/${encodeURIComponent(body.slug)}/tree?${build}`)
  if (!data) {
    return <div className="content">{failure ? <Failure {...failure} /> : <p className="loading">Opening …</p>}</div>
  }
  return (
    <>
      <Toolbar label="About the tree">
        <span className="figures">{`${countNodes(data.nodes)} parts, ${formatOctets(data.totalBytes)} of HTML`}</span>
        <span className="figures">A name leads to the mail, its lines to the editor.</span>
      </Toolbar>
      <div className="content">
        <Nodes tree={data} nodes={data.nodes} route={route} />
      </div>
    </>
  )
}

interface NodesProps {
  readonly tree: IssueTree
  readonly nodes: readonly TreeNode[]
  readonly route: IssueRoute
  /** Of the part around them. */
  readonly anchor?: string | undefined
}

function Nodes({ tree, nodes, route, anchor }: NodesProps) {
  return (
    <ol className="tree">
      {nodes.map((node, index) => (
        <li key={index}>
          <Node tree={tree} node={node} route={route} anchor={anchor} />
          {node.children.length > 0 ? (
            <Nodes tree={tree} nodes={node.children} route={route} anchor={node.anchor ?? anchor} />
          ) : null}
        </li>
      ))}
    </ol>
  )
}

interface NodeProps extends Omit<NodesProps, 'nodes'> {
  readonly node: TreeNode
}

function Node({ tree, node, route, anchor }: NodeProps) {
  const { kind, number, title, range, bytes } = node
  const at = placeOf(node, anchor)
  return (
    <div className="node" data-kind={kind}>
      <span className="node-kind">{KIND_NAMES[kind]}</span>
      <a className="node-title" dir="auto" href={formatRoute({ ...route, view: 'mail', at })}>
        {number === undefined ? title : `${number} ${title}`}
      </a>
      {node.anchor === undefined ? null : <code className="node-id">{`#${node.anchor}`}</code>}
      {range ? (
        <button
          type="button"
          className="node-lines"
          title={`Open ${tree.file} there in the editor`}
          onClick={() => void openInEditor({ file: tree.file, line: range.start.line, column: range.start.column })}
        >
          {range.start.line === range.end.line
            ? `line ${range.start.line}`
            : `lines ${range.start.line}–${range.end.line}`}
        </button>
      ) : null}
      {bytes === undefined ? null : (
        <span className="node-bytes">
          <span className="share">
            <span style={{ width: `${(100 * bytes) / tree.totalBytes}%` }} />
          </span>
          {formatOctets(bytes)}
        </span>
      )}
    </div>
  )
}

// Blocks and texts have no id: they are found by their first words, after the id of the part around them.
function placeOf({ kind, anchor: own, title }: TreeNode, anchor: string | undefined): string | undefined {
  if (own !== undefined) return formatPlace({ anchor: own })
  if (kind !== 'block' && kind !== 'prose') return undefined
  const words = (kind === 'block' ? title.replace(/^[^:]*:?\s*/, '') : title).replace(/…$/, '')
  const place = { ...(anchor === undefined ? {} : { anchor }), ...(words === '' ? {} : { words }) }
  return formatPlace(place) || undefined
}

function countNodes(nodes: readonly TreeNode[]): number {
  return nodes.reduce((sum, { children }) => sum + 1 + countNodes(children), 0)
}
