/** Changes elements of a mail from outside, and takes it all back. */
export interface StyleLog {
  /** Wins over the mail's own rules, whatever they say. */
  setStyle(element: HTMLElement, property: string, value: string): void
  /** @param value - null: none. */
  setAttribute(element: Element, name: string, value: string | null): void
  undo(): void
}

/** Whether an element can be given a style: one of MathML may not, and a form's own field may be named "style". */
export function isStyled({ style }: HTMLElement): boolean {
  return typeof style?.setProperty === 'function'
}

export function createStyleLog(): StyleLog {
  const kept = new Map<Element, Map<string, string | null>>()
  const keep = (element: Element, name: string) => {
    const attributes = kept.get(element) ?? new Map<string, string | null>()
    kept.set(element, attributes)
    if (!attributes.has(name)) attributes.set(name, element.getAttribute(name))
  }
  const write = (element: Element, name: string, value: string | null) =>
    value === null ? element.removeAttribute(name) : element.setAttribute(name, value)
  return {
    setStyle(element, property, value) {
      keep(element, 'style')
      element.style.setProperty(property, value, 'important')
    },
    setAttribute(element, name, value) {
      keep(element, name)
      write(element, name, value)
    },
    undo() {
      for (const [element, attributes] of kept) {
        for (const [name, value] of attributes) write(element, name, value)
      }
      kept.clear()
    },
  }
}
