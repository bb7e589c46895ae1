import { useEffect, useRef, useState } from 'react'
import { createMailFrame, type MailFrame } from '../mail-frame.ts'
import type { Look } from '../route.ts'

/** Width of a cell's picture, CSS pixels. */
const WIDTHS = { phone: 150, desktop: 260 } as const
/** Begins to load when it is nearer than this to the screen. */
const MARGIN = '400px'

interface GridCellProps {
  /** Of the mail's HTML. */
  readonly url: string
  /** Of the screen, CSS pixels. */
  readonly size: { readonly width: number; readonly height: number }
  readonly scheme: Look['scheme']
  readonly images: Look['images']
  /** What is shown. */
  readonly label: string
  /** Its full view. */
  readonly href: string
  readonly onKey: (event: KeyboardEvent) => void
}

/** A small picture of a mail that leads to the mail. It is loaded when it comes near. */
export function GridCell({ url, size: { width, height }, scheme, images, label, href, onKey }: GridCellProps) {
  const screen = useRef<HTMLDivElement>(null)
  const frame = useRef<MailFrame>(null)
  const isNear = useIsNear(screen)
  const shown = width < 500 ? WIDTHS.phone : WIDTHS.desktop
  useEffect(() => {
    if (!isNear || !screen.current) return
    frame.current ??= createMailFrame({ element: screen.current, onKey })
    frame.current.setDress({ scheme, images })
    frame.current.show({ url, subject: href, title: label })
  }, [isNear, url, scheme, images, label, href, onKey])
  useEffect(() => () => void (frame.current = null), [])
  return (
    <a className="cell" href={href}>
      <span className="cell-screen" style={{ width: shown, height: (height * shown) / width }} inert>
        <span className="cell-mail" ref={screen} style={{ width, height, transform: `scale(${shown / width})` }} />
      </span>
      <span className="cell-label">{label}</span>
    </a>
  )
}

function useIsNear(element: { readonly current: HTMLElement | null }): boolean {
  const [isNear, setIsNear] = useState(false)
  useEffect(() => {
    if (!element.current || isNear) return undefined
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) setIsNear(true)
      },
      { rootMargin: MARGIN },
    )
    observer.observe(element.current)
    return () => observer.disconnect()
  }, [element, isNear])
  return isNear
}
