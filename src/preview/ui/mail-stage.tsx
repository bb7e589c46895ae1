import { useEffect, useLayoutEffect, useRef } from 'react'
import { DeviceFrame } from './frames/device-frame.tsx'
import { parsePlace } from './frames/place.ts'
import { keepTop, recallTop } from './frames/kept-top.ts'
import { createMailFrame, type Mail, type MailFrame } from './mail-frame.ts'
import type { Look } from './route.ts'
import { getState, go } from './store.ts'

interface MailStageProps {
  readonly mail: Mail
  readonly look: Look
  readonly isHidden?: boolean
  /** Where to go in the mail, in the words of frames/place.ts. */
  readonly at?: string | undefined
  readonly onKey: (event: KeyboardEvent) => void
}

/** A mail in its device. It stays in the page while another view is open, and so keeps its place. */
export function MailStage({ mail, look, isHidden = false, at, onKey }: MailStageProps) {
  const screen = useRef<HTMLDivElement>(null)
  const frame = useRef<MailFrame>(null)
  const { url, html, subject, title } = mail
  const { scheme, images } = look
  useLayoutEffect(() => {
    if (!screen.current) return
    frame.current ??= createMailFrame({ element: screen.current, onKey, top: recallTop(subject) })
    frame.current.setDress({ scheme, images })
    frame.current.show({ url, html, subject, title })
  }, [url, html, subject, title, scheme, images, onKey])
  useEffect(() => {
    if (at !== undefined && !isHidden) frame.current?.seek(parsePlace(at))
  }, [at, isHidden])
  useEffect(() => {
    const keep = () => keepTop(subject, frame.current?.readTop() ?? 0)
    addEventListener('pagehide', keep)
    return () => removeEventListener('pagehide', keep)
  }, [subject])
  // React's children and the frames of this element never meet.
  useEffect(() => () => void (frame.current = null), [])
  return <DeviceFrame device={look.device} screen={screen} isHidden={isHidden} onWidth={chooseWidth} />
}

function chooseWidth(width: number): void {
  const { route } = getState()
  go({ ...route, look: { ...route.look, device: String(width) } }, { replace: true })
}
