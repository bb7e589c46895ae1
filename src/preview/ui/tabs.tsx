import { type ReactNode, useEffect, useRef } from 'react'
import { formatRoute, type Route } from './route.ts'

/** One of the views of what is open. */
export interface Tab {
  readonly route: Route
  readonly name: string
  readonly isOpen: boolean
  readonly extra?: ReactNode
}

/** Links, so that a view can be opened beside another and sent to somebody. */
export function Tabs({ label, tabs }: { readonly label: string; readonly tabs: readonly Tab[] }) {
  const bar = useRef<HTMLElement>(null)
  const open = tabs.find(({ isOpen }) => isOpen)?.name
  // On a phone they stand in a row that scrolls.
  useEffect(() => reveal(bar.current), [open])
  return (
    <nav className="tabs" aria-label={label} ref={bar}>
      {tabs.map(({ route, name, isOpen, extra }) => (
        <a key={name} href={formatRoute(route)} aria-current={isOpen ? 'page' : undefined}>
          {name}
          {extra}
        </a>
      ))}
    </nav>
  )
}

function reveal(bar: HTMLElement | null): void {
  const tab = bar?.querySelector<HTMLElement>('[aria-current]')
  if (bar && tab) bar.scrollLeft = tab.offsetLeft - bar.offsetLeft - (bar.clientWidth - tab.offsetWidth) / 2
}
