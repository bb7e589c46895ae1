import type { ImageData, TemplateProps } from 'letterpress/define'
import type { ReactElement } from 'react'

/** Padding of the sheet on a wide screen; what is left of the sheet is the width of a picture. */
const PADDING = 48

/**
 * React Email's `Img` leaves the size to the caller and the alternative text to the browser. Outlook obeys the width
 * attribute alone, and many readers see the alternative text first: it gets a type size and a colour.
 *
 * @param maxWidth - default: the measure of the sheet.
 * @param inline - in a line of text, at its own size.
 */
export function Img({
  mail,
  image,
  alt,
  maxWidth = mail.theme.width - 2 * PADDING,
  inline = false,
}: {
  readonly mail: TemplateProps
  readonly image: ImageData
  readonly alt: string
  readonly maxWidth?: number
  readonly inline?: boolean
}): ReactElement {
  const { light, radius } = mail.theme
  // No height: the box of a picture that was held back is as tall as its alternative text. A width in per cent and a
  // limit in pixels, since such a box does not shrink with `max-width:100%` and would widen the mail on a phone.
  const width = image.width === undefined ? (inline ? undefined : maxWidth) : Math.min(image.width, maxWidth)
  const shape = inline ? { verticalAlign: 'middle' } : { display: 'block', borderRadius: radius }
  return (
    <img
      src={image.src}
      alt={alt}
      width={width}
      className="m"
      style={{
        ...shape,
        ...(width === undefined ? { maxWidth: '100%' } : { width: '100%', maxWidth: width }),
        height: 'auto',
        border: 0,
        color: light.muted,
        fontSize: 15,
        fontStyle: 'italic',
      }}
    />
  )
}
