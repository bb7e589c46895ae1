import type { CompileContext, Extension as FromMarkdown, Token } from 'mdast-util-from-markdown'

/**
 * Nodes of GitHub's additions to Markdown. mdast-util-gfm would do, but it loads a Markdown printer as well (20 ms of
 * each start) and finds e-mail addresses by searching text, which loses their places.
 */
export const gfmNodes: FromMarkdown = {
  canContainEols: ['delete'],
  enter: {
    strikethrough(token) {
      this.enter({ type: 'delete', children: [] }, token)
    },
    table(token) {
      const align = ((token as TableToken)._align ?? []).map((side) => (side === 'none' ? null : side))
      this.enter({ type: 'table', align, children: [] }, token)
      this.data.inTable = true
    },
    tableRow(token) {
      this.enter({ type: 'tableRow', children: [] }, token)
    },
    tableHeader: enterCell,
    tableData: enterCell,
    literalAutolink(token) {
      this.enter({ type: 'link', title: null, url: '', children: [] }, token)
    },
    literalAutolinkEmail: enterAddress,
    literalAutolinkHttp: enterAddress,
    literalAutolinkWww: enterAddress,
    gfmFootnoteCall(token) {
      this.enter({ type: 'footnoteReference', identifier: '', label: '' }, token)
    },
    gfmFootnoteCallString: buffer,
    gfmFootnoteDefinition(token) {
      this.enter({ type: 'footnoteDefinition', identifier: '', label: '', children: [] }, token)
    },
    gfmFootnoteDefinitionLabelString: buffer,
  },
  exit: {
    strikethrough: exit,
    table(token) {
      this.exit(token)
      this.data.inTable = false
    },
    tableRow: exit,
    tableHeader: exit,
    tableData: exit,
    codeText: exitCodeText,
    literalAutolink: exit,
    literalAutolinkEmail(token) {
      this.config.exit['autolinkEmail']?.call(this, token)
    },
    literalAutolinkHttp(token) {
      this.config.exit['autolinkProtocol']?.call(this, token)
    },
    literalAutolinkWww(token) {
      this.config.exit['data']?.call(this, token)
      const node = this.stack.at(-1)
      if (node?.type === 'link') node.url = `http://${this.sliceSerialize(token)}`
    },
    gfmFootnoteCall: exit,
    gfmFootnoteCallString: exitLabel,
    gfmFootnoteDefinition: exit,
    gfmFootnoteDefinitionLabelString: exitLabel,
    taskListCheckValueChecked: exitCheck,
    taskListCheckValueUnchecked: exitCheck,
  },
}

/** micromark-extension-gfm-table leaves the columns' sides on the token. */
type TableToken = Token & { readonly _align?: readonly ('left' | 'right' | 'center' | 'none')[] }

declare module 'mdast-util-from-markdown' {
  interface CompileData {
    inTable?: boolean | undefined
  }
}

function enterCell(this: CompileContext, token: Token): void {
  this.enter({ type: 'tableCell', children: [] }, token)
}

function enterAddress(this: CompileContext, token: Token): void {
  this.config.enter['autolinkProtocol']?.call(this, token)
}

function buffer(this: CompileContext): void {
  this.buffer()
}

function exit(this: CompileContext, token: Token): void {
  this.exit(token)
}

function exitLabel(this: CompileContext, token: Token): void {
  const label = this.resume()
  const node = this.stack.at(-1)
  if (node?.type !== 'footnoteReference' && node?.type !== 'footnoteDefinition') return
  node.identifier = this.sliceSerialize(token).replaceAll(/\s+/g, ' ').trim().toLowerCase()
  node.label = label
}

function exitCheck(this: CompileContext, token: Token): void {
  const item = this.stack.at(-2)
  if (item?.type === 'listItem') item.checked = /x/i.test(this.sliceSerialize(token))
}

// In a table `\|` is a bar, in code too (GFM, "Tables").
function exitCodeText(this: CompileContext, token: Token): void {
  let value = this.resume()
  if (this.data.inTable) value = value.replaceAll(/\\([\\|])/g, (all, char: string) => (char === '|' ? '|' : all))
  const node = this.stack.at(-1)
  if (node?.type === 'inlineCode') node.value = value
  this.exit(token)
}
