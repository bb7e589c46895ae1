import { dataErrors } from '../errors/data.ts'
import type { Action, Flow, Inline, Link, ListItem } from '../model.ts'
import type { Reading } from '../reading.ts'
import { getChild, type Sourced } from '../source/sourced.ts'
import { describeValue } from '../validate/problems.ts'
import { readLink } from './link.ts'
import { toPlain } from './plain.ts'
import { readPlainLine } from './read.ts'

/** Takes the lists made only of links out of a text: they become buttons. */
export function splitActions(flow: readonly Flow[]): { body: readonly Flow[]; actions: readonly Action[] } {
  const body: Flow[] = []
  const actions: Action[] = []
  for (const node of flow) {
    const links = node.type === 'list' ? node.items.map(linkOf) : []
    if (links.length > 0 && links.every((link) => link !== undefined)) {
      actions.push(...links.map((link) => ({ label: toPlain(link.children).trim(), url: link.url })))
    } else body.push(node)
  }
  return { body, actions }
}

function linkOf(item: ListItem): Link | undefined {
  const [only] = item.children
  if (item.children.length !== 1 || only?.type !== 'paragraph' || item.checked !== undefined) return undefined
  const content = only.children.filter((node: Inline) => node.type !== 'text' || node.value.trim() !== '')
  return content.length === 1 && content[0]?.type === 'link' ? content[0] : undefined
}

/** The `actions` of a block in YAML: a list of `{ label, url }`. */
export function readActions(node: Sourced, reading: Reading): Action[] {
  const refuse = (wrong: Sourced): [] => {
    const example = 'actions: [{ label: Book a session, url: https://example.com/book }]'
    reading.report(
      dataErrors.wrongValue,
      wrong.range,
      'actions',
      'a list of buttons, each with label and url',
      describeValue(wrong),
      example,
    )
    return []
  }
  if (node.kind !== 'list') return refuse(node)
  return node.items.flatMap((item): Action[] => {
    const [label, url] = [getChild(item, 'label'), getChild(item, 'url')]
    if (item.kind !== 'map' || item.entries.size !== 2) return refuse(item)
    if (
      label?.kind !== 'scalar' ||
      url?.kind !== 'scalar' ||
      typeof label.value !== 'string' ||
      typeof url.value !== 'string'
    ) {
      return refuse(item)
    }
    const address = readLink(url.value, url.range, reading)
    return address === undefined ? [] : [{ label: readPlainLine(label, 'label', reading), url: address }]
  })
}
