import { useElementSize } from '@mantine/hooks'
import { type KeyboardEvent, type PointerEvent, type RefObject, useRef, useState } from 'react'
import { heightOf, kindOf, limitWidth, NARROWEST, WIDEST } from './devices.ts'

interface DeviceFrameProps {
  /** As in an address. */
  readonly device: string
  /** Where the mail goes. */
  readonly screen: RefObject<HTMLDivElement | null>
  readonly isHidden?: boolean
  readonly onWidth: (width: number) => void
}

/** A quiet device around a mail, with a handle that makes it narrower or wider. What has no room is shown smaller. */
export function DeviceFrame({ device, screen, isHidden = false, onWidth }: DeviceFrameProps) {
  const { ref, width: room, height: most } = useElementSize()
  const [dragged, setDragged] = useState<number>()
  const shown = dragged === undefined ? device : String(dragged)
  const kind = kindOf(shown)
  const width = kind === 'full' ? room : Number(shown)
  const scale = room > 0 && width > room ? room / width : 1
  const height = Math.min(heightOf(shown) ?? Number.POSITIVE_INFINITY, most / scale)
  return (
    <div className="bench" data-hidden={isHidden || undefined}>
      <div className="bench-room" ref={ref}>
        <div
          className="device"
          data-kind={kind}
          data-device={shown}
          data-dragged={dragged !== undefined || undefined}
          style={room === 0 ? unmeasured(kind, width) : { width: width * scale, height: height * scale }}
        >
          <div
            className="screen"
            ref={screen}
            style={scale < 1 ? { width, height, transform: `scale(${scale})` } : undefined}
          />
          <Handle width={Math.round(width)} scale={scale} onDrag={setDragged} onWidth={onWidth} />
        </div>
      </div>
      <p className="device-size">{formatSize(width, scale)}</p>
    </div>
  )
}

// Before the room is known: a mail that was laid out at another width would lose the place it is scrolled to.
function unmeasured(kind: string, width: number): { readonly width: number | string; readonly height: string } {
  return { width: kind === 'full' ? '100%' : width, height: '100%' }
}

interface HandleProps {
  readonly width: number
  readonly scale: number
  /** undefined: the drag is over. */
  readonly onDrag: (width: number | undefined) => void
  readonly onWidth: (width: number) => void
}

/** A window splitter: pointer, arrows, Home and End. @see WAI-ARIA Authoring Practices, "Window Splitter" */
function Handle({ width, scale, onDrag, onWidth }: HandleProps) {
  const drag = useRef<{ readonly x: number; readonly width: number; now: number }>(null)
  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId)
    drag.current = { x: event.clientX, width, now: width }
  }
  const onPointerMove = ({ clientX }: PointerEvent) => {
    if (!drag.current) return
    // The device stands in the middle, so that its edge goes half as far as its width.
    drag.current.now = limitWidth(drag.current.width + (2 * (clientX - drag.current.x)) / scale)
    onDrag(drag.current.now)
  }
  const onPointerUp = () => {
    const { current } = drag
    drag.current = null
    onDrag(undefined)
    if (current && current.now !== current.width) onWidth(current.now)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const next = nextWidth(event, width)
    if (next === undefined) return
    event.preventDefault()
    onWidth(limitWidth(next))
  }
  return (
    <div
      className="handle"
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label="Width of the mail"
      aria-valuenow={width}
      aria-valuemin={NARROWEST}
      aria-valuemax={WIDEST}
      aria-valuetext={`${width} pixels`}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerUp}
      onPointerCancel={onPointerUp}
      onKeyDown={onKeyDown}
    />
  )
}

function nextWidth({ key, shiftKey }: KeyboardEvent, width: number): number | undefined {
  const by = shiftKey ? 1 : 10
  switch (key) {
    case 'ArrowRight':
      return width + by
    case 'ArrowLeft':
      return width - by
    case 'Home':
      return 320
    case 'End':
      return 1024
    default:
      return undefined
  }
}

function formatSize(width: number, scale: number): string {
  const pixels = `${Math.round(width)} px`
  return scale < 1 ? `${pixels}, shown at ${Math.round(scale * 100)} %` : pixels
}
