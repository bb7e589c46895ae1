import type { ReactNode } from 'react'
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
  return (
    <nav className="tabs" aria-label={label}>
      {tabs.map(({ route, name, isOpen, extra }) => (
        <a key={name} href={formatRoute(route)} aria-current={isOpen ? 'page' : undefined}>
          {name}
          {extra}
        </a>
      ))}
    </nav>
  )
}
