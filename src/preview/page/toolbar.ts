import { type Child, h } from './element.ts'
import { formatRoute, type Look, type Route, SCHEMES, WIDTHS } from './route.ts'

const WIDTH_NAMES = { '320': '320', '375': '375', '640': '640', full: 'Full' } as const
const SCHEME_NAMES = { light: 'Light', dark: 'Dark' } as const

/** One of the views of a mail. */
export interface Tab {
  readonly route: Route
  readonly name: string
  readonly isOpen: boolean
  readonly extra?: Child
}

export function renderTabs(label: string, tabs: readonly Tab[]): HTMLElement {
  const links = tabs.map(({ route, name, isOpen, extra }) => {
    const attributes = {
      href: formatRoute(route),
      'aria-current': isOpen ? 'page' : undefined,
      'data-key': `tab-${name}`,
    }
    return h('a', attributes, name, extra)
  })
  return h('nav', { class: 'tabs', 'aria-label': label }, links)
}

/** Width and light or dark. */
export function renderLook(look: Look, onChange: (look: Look) => void): HTMLElement {
  return h(
    'div',
    { class: 'look' },
    segments('Width of the mail', 'width', WIDTHS, look.width, WIDTH_NAMES, (width) => onChange({ ...look, width })),
    segments('Light or dark mail', 'scheme', SCHEMES, look.scheme, SCHEME_NAMES, (scheme) =>
      onChange({ ...look, scheme }),
    ),
  )
}

function segments<T extends string>(
  legend: string,
  name: string,
  values: readonly T[],
  current: T,
  labels: Readonly<Record<T, string>>,
  onPick: (value: T) => void,
): HTMLElement {
  const choices = values.map((value) => {
    const onchange = () => onPick(value)
    const radio = h('input', {
      type: 'radio',
      name,
      value,
      checked: value === current,
      onchange,
      'data-key': `${name}-${value}`,
    })
    return h('label', {}, radio, h('span', {}, labels[value]))
  })
  return h('fieldset', { class: 'segments' }, h('legend', { class: 'quiet' }, legend), choices)
}
