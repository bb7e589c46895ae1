import { useEffect, useRef } from 'react'
import { toFrameScheme } from '../frames/dress.ts'
import { createFrame } from '../mail-frame.ts'
import type { Look } from '../route.ts'
import { cropToBlock } from './crop.ts'

interface BlockFrameProps {
  readonly url: string
  readonly name: string
  readonly look: Look
}

/** The mail of a block's example, cut to where the block is. */
export function BlockFrame({ url, name, look: { device, scheme } }: BlockFrameProps) {
  const window = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const { current } = window
    if (!current) return undefined
    const frame = createFrame(`Block ${name}`)
    frame.loading = 'lazy'
    frame.src = url
    const crop = () => cropToBlock(current, frame)
    frame.addEventListener('load', crop)
    const observer = new ResizeObserver(crop)
    observer.observe(current)
    current.append(frame)
    return () => {
      observer.disconnect()
      frame.remove()
    }
  }, [url, name])
  useEffect(() => {
    const frame = window.current?.querySelector('iframe')
    if (frame) frame.style.colorScheme = toFrameScheme(scheme)
  }, [scheme, url, name])
  return <div className="block-window" ref={window} data-device={device === 'full' ? 'full' : 'phone'} />
}
