import type { ImageData, TemplateProps } from 'letterpress/define'
import type { ReactElement } from 'react'

/** Padding of the sheet on a wide screen; what is left of the sheet is the width of a picture. */
const PADDING = 48

/** Size in CSS pixels within a width; a picture of unknown size takes all of it. */
function fitImage(image: ImageData, maxWidth: number): { width: number; height?: number } {
  if (image.width === undefined) return { width: maxWidth }
  const width = Math.min(image.width, maxWidth)
  return image.height === undefined ? { width } : { width, height: Math.round((image.height * width) / image.width) }
}

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
  const { light, fonts, radius } = mail.theme
  const size = inline && image.width === undefined ? {} : fitImage(image, maxWidth)
  const shape = inline ? { verticalAlign: 'middle' } : { display: 'block', borderRadius: radius }
  return (
    <img
      src={image.src}
      alt={alt}
      {...size}
      className="m"
      style={{
        ...shape,
        maxWidth: '100%',
        height: 'auto',
        border: 0,
        color: light.muted,
        font: `italic 15px/1.5 ${fonts.body}`,
      }}
    />
  )
}
