import { type RefObject, useEffect, useState } from 'react'

/** More are not counted. */
const MAX_FINDS = 9_999
/** As in styles/source.css. */
const ALL = 'found'
const CURRENT = 'found-current'

export interface Finds {
  readonly total: number
  /** From 0. */
  readonly current: number
  readonly step: (by: number) => void
}

/**
 * Searches the lines of an element, without regard to case, and marks what it finds without touching the lines.
 *
 * @param version - what the element shows; it is searched anew when that changes.
 * @see CSS Custom Highlight API
 */
export function useFinds(element: RefObject<HTMLElement | null>, words: string, version: string): Finds {
  const [finds, setFinds] = useState<readonly Range[]>([])
  const [current, setCurrent] = useState(0)
  useEffect(() => {
    const found = element.current && words !== '' ? search(element.current, words) : []
    setFinds(found)
    setCurrent(0)
    if (!('highlights' in CSS)) return undefined
    CSS.highlights.set(ALL, new Highlight(...found))
    return () => {
      CSS.highlights.delete(ALL)
      CSS.highlights.delete(CURRENT)
    }
  }, [element, words, version])
  useEffect(() => {
    const range = finds[current]
    if (!range) return
    if ('highlights' in CSS) {
      const mark = new Highlight(range)
      mark.priority = 1
      CSS.highlights.set(CURRENT, mark)
    }
    range.startContainer.parentElement?.scrollIntoView({ block: 'center' })
  }, [finds, current])
  const step = (by: number) => setCurrent((now) => (finds.length === 0 ? 0 : (now + by + finds.length) % finds.length))
  return { total: finds.length, current, step }
}

function search(element: HTMLElement, words: string): Range[] {
  const wanted = words.toLowerCase()
  const found: Range[] = []
  for (const { firstChild } of element.children) {
    const text = firstChild?.nodeValue?.toLowerCase() ?? ''
    for (let at = text.indexOf(wanted); at >= 0 && firstChild; at = text.indexOf(wanted, at + wanted.length)) {
      if (found.length === MAX_FINDS) return found
      const range = new Range()
      range.setStart(firstChild, at)
      range.setEnd(firstChild, at + wanted.length)
      found.push(range)
    }
  }
  return found
}
