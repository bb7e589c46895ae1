import type { CompileContext, Extension as FromMarkdown, Handle } from 'mdast-util-from-markdown'
import type { Token } from 'micromark-util-types'
import type { Directive, PlacedText } from './nodes.ts'

/** mdast-util-directive keeps no places of names and attributes; these nodes do. */
export const directiveNodes: FromMarkdown = {
  enter: {
    directiveContainer: enter,
    directiveLeaf: enter,
    directiveContainerLabel: enterLabel,
    directiveLeafLabel: enterLabel,
  },
  exit: {
    directiveContainer: exit,
    directiveLeaf: exit,
    directiveContainerLabel: exitLabel,
    directiveLeafLabel: exitLabel,
    directiveContainerFence: exitFence,
    directiveContainerName: exitName,
    directiveLeafName: exitName,
    ...attributeHandles('directiveContainer'),
    ...attributeHandles('directiveLeaf'),
  },
}

function attributeHandles(prefix: string): Record<string, Handle> {
  return {
    [`${prefix}AttributeName`]: exitAttributeName,
    [`${prefix}AttributeId`]: exitAttributeName,
    [`${prefix}AttributeClass`]: exitAttributeName,
    [`${prefix}AttributeValue`]: exitAttributeValue,
    [`${prefix}AttributeValueLiteral`]: exitAttributeLiteral,
  }
}

function enter(this: CompileContext, token: Token): void {
  const isContainer = token.type === 'directiveContainer'
  this.enter({ type: 'directive', isContainer, attributes: [], fences: 0, children: [] }, token)
}

function exit(this: CompileContext, token: Token): void {
  this.exit(token)
}

function current(context: CompileContext): Directive | undefined {
  const node = context.stack.at(-1)
  return node?.type === 'directive' ? node : undefined
}

function read(context: CompileContext, token: Token): PlacedText {
  return { value: context.sliceSerialize(token), position: place(token) }
}

function place(token: Token): PlacedText['position'] {
  const { start, end } = token
  return {
    start: { line: start.line, column: start.column, offset: start.offset },
    end: { line: end.line, column: end.column, offset: end.offset },
  }
}

function exitFence(this: CompileContext, token: Token): void {
  const node = current(this)
  if (!node) return
  node.fences++
  node.opening ??= place(token)
}

function exitName(this: CompileContext, token: Token): void {
  const node = current(this)
  if (node) node.name = read(this, token)
}

// The label's text is tokenized too; the buffer swallows it.
function enterLabel(this: CompileContext): void {
  this.buffer()
}

function exitLabel(this: CompileContext, token: Token): void {
  this.resume()
  const node = current(this)
  if (node) node.label = place(token)
}

function exitAttributeName(this: CompileContext, token: Token): void {
  current(this)?.attributes.push({ name: read(this, token) })
}

function exitAttributeValue(this: CompileContext, token: Token): void {
  const last = current(this)?.attributes.at(-1)
  if (last) last.value = read(this, token)
}

// An empty value has no value token, only its two quotes.
function exitAttributeLiteral(this: CompileContext, token: Token): void {
  const last = current(this)?.attributes.at(-1)
  if (last && !last.value) last.value = { value: '', position: place(token) }
}
