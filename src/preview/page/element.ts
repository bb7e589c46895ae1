type Value = string | number | boolean | undefined | ((event: never) => void)
export type Child = Node | string | number | undefined

/**
 * Makes an element. Functions become listeners, `true` an empty attribute; `false` and undefined are left out.
 * Text is never parsed: what comes from a file or a mail can only ever be text here.
 */
export function h<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Readonly<Record<string, Value>> = {},
  ...children: readonly (Child | readonly Child[])[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name.replace(/^on/, ''), value as EventListener)
    else if (value !== undefined && value !== false) element.setAttribute(name, value === true ? '' : String(value))
  }
  element.append(...toNodes(children))
  return element
}

/** Replaces what is in an element, and puts the focus back on the child with the same `data-key`. */
export function fill(element: Element, ...children: readonly (Child | readonly Child[])[]): void {
  const key = element.contains(document.activeElement) ? document.activeElement?.getAttribute('data-key') : null
  element.replaceChildren(...toNodes(children))
  if (key) element.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`)?.focus({ preventScroll: true })
}

function toNodes(children: readonly (Child | readonly Child[])[]): (Node | string)[] {
  return children
    .flat()
    .filter((child): child is Node | string | number => child !== undefined && child !== '')
    .map((child) => (typeof child === 'number' ? String(child) : child))
}
