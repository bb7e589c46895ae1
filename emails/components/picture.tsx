import type { ImageData, TemplateProps } from 'letterpress/define'
import type { ReactElement } from 'react'
import { Img } from './img.tsx'
import { Link } from './link.tsx'

/** What a panel leaves of the sheet; a portrait, the cover of a book for one, needs no more than a third of that. */
const WIDE = 496
const PORTRAIT = 168

/** The picture of a block. It is a link only when its alternative text can name that link. */
export function Picture({
  mail,
  image,
  alt = '',
  url,
}: {
  readonly mail: TemplateProps
  readonly image: ImageData | undefined
  readonly alt: string | undefined
  readonly url: string
}): ReactElement | null {
  if (image === undefined) return null
  const isPortrait = (image.height ?? 0) > (image.width ?? 0)
  const picture = <Img mail={mail} image={image} alt={alt} maxWidth={isPortrait ? PORTRAIT : WIDE} />
  return (
    <p style={{ margin: '0 0 16px' }}>
      {alt === '' ? (
        picture
      ) : (
        <Link mail={mail} href={url}>
          {picture}
        </Link>
      )}
    </p>
  )
}
