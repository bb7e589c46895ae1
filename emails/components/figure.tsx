import type { Image, TemplateProps } from 'letterpress/define'
import type { ReactElement } from 'react'
import { Img } from './img.tsx'
import { Text } from './text.tsx'

/** A picture in a paragraph of its own; its title is the caption. */
export function Figure({ mail, image }: { readonly mail: TemplateProps; readonly image: Image }): ReactElement {
  return (
    <>
      <Text mail={mail} style={{ margin: image.title ? '8px 0 6px' : '8px 0 20px' }}>
        <Img mail={mail} image={image} alt={image.alt} />
      </Text>
      {image.title ? (
        <Text mail={mail} small style={{ margin: '0 0 20px' }}>
          {image.title}
        </Text>
      ) : null}
    </>
  )
}
