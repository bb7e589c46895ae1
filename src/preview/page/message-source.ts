import { h } from './element.ts'

/** Characters of a body that are shown; more makes the page slow and is read by nobody. */
const MAX_SHOWN = 200_000

export interface Field {
  readonly name: string
  readonly value: string
}

/** A message as it goes over the wire: its header fields set apart, then the rest as it is. */
export function renderSource(raw: string, rawUrl: string): HTMLElement {
  const end = raw.search(/\r?\n\r?\n/)
  const head = end < 0 ? raw : raw.slice(0, end)
  const body = end < 0 ? '' : raw.slice(end).replace(/^\s+/, '')
  const shown = body.length > MAX_SHOWN ? `${body.slice(0, MAX_SHOWN)}\n…` : body
  return h(
    'div',
    { class: 'source' },
    h(
      'p',
      { class: 'source-head' },
      'As it goes over the wire.',
      h('a', { class: 'button', href: rawUrl, download: true }, 'Download .eml'),
    ),
    renderFields(readFields(head)),
    h('pre', { class: 'body', tabindex: 0, 'aria-label': 'Body of the message' }, shown),
  )
}

export function renderFields(fields: readonly Field[]): HTMLElement {
  const rows = fields.flatMap(({ name, value }) => [h('dt', {}, name), h('dd', { dir: 'auto' }, value)])
  return h('dl', { class: 'fields' }, rows)
}

/** RFC 5322 §2.2.3: a line that begins with white space goes on with the one before. */
function readFields(head: string): Field[] {
  return head
    .replaceAll(/\r?\n(?=[ \t])/g, '')
    .split(/\r?\n/)
    .map((line) => {
      const colon = line.indexOf(':')
      return { name: line.slice(0, Math.max(colon, 0)), value: line.slice(colon + 1).trim() }
    })
}
