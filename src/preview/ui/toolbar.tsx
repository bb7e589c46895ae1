import type { ReactNode } from 'react'

/** The controls of a view, in one row above it. */
export function Toolbar({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className="toolbar" role="group" aria-label={label}>
      {children}
    </div>
  )
}
