import { useEffect, useLayoutEffect, useRef } from 'react'
import { createMailFrame, type Mail, type MailFrame } from './mail-frame.ts'
import type { Look } from './route.ts'

interface MailStageProps {
  readonly mail: Mail
  readonly look: Look
  readonly isHidden?: boolean
  readonly onKey: (event: KeyboardEvent) => void
}

/** A mail on its sheet. It stays in the page while another view is open, and so keeps its place. */
export function MailStage({ mail, look, isHidden = false, onKey }: MailStageProps) {
  const paper = useRef<HTMLDivElement>(null)
  const frame = useRef<MailFrame>(null)
  const { url, html, subject, title } = mail
  useLayoutEffect(() => {
    if (!paper.current) return
    frame.current ??= createMailFrame(paper.current, onKey)
    frame.current.setScheme(look.scheme === 'light' ? 'light' : 'dark')
    frame.current.show({ url, html, subject, title })
  }, [url, html, subject, title, look.scheme, onKey])
  // React's children and the frames of this element never meet.
  useEffect(() => () => void (frame.current = null), [])
  return <div className="paper" ref={paper} data-device={look.device} hidden={isHidden} />
}
