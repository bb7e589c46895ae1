import { type BlockProps, defineBlock, image, type ImageData, link } from 'letterpress/define'
import type { ReactElement } from 'react'
import { z } from 'zod'
import { Buttons, Panel, Picture, Prose, Title } from '../components/index.ts'

const attributes = z.strictObject({
  title: z.string().min(1).describe('What is offered.'),
  url: link().describe('Where the button leads.'),
  image: image().optional().describe('A picture above the title: a path beside the issue, or an https URL.'),
  alt: z.string().optional().describe('What the picture shows; without it the picture is a decoration.'),
  action: z
    .string()
    .min(1)
    .optional()
    .describe('Label of the button. Default: “Find out more” in the language of the issue.'),
})

type Attributes = Omit<z.output<typeof attributes>, 'image'> & { readonly image?: ImageData | undefined }

function actionsOf({ attributes: { url, action }, actions, mail }: BlockProps<Attributes>): typeof actions {
  return [{ label: action ?? mail.words.more, url }, ...actions]
}

function Promo(props: BlockProps<Attributes>): ReactElement {
  const {
    mail,
    body,
    attributes: { title, url, image: picture, alt },
  } = props
  return (
    <Panel mail={mail}>
      <Picture mail={mail} image={picture} alt={alt} url={url} />
      <Title mail={mail}>{title}</Title>
      <Prose mail={mail} nodes={body} />
      <Buttons mail={mail} actions={actionsOf(props)} />
    </Panel>
  )
}

/** One offer of the author's own, with one button. */
export const promo = defineBlock<Attributes>({
  name: 'promo',
  summary: 'An offer of your own: a book, a course, an event',
  attributes,
  body: 'markdown',
  canBeShared: true,
  Component: Promo,
  outline: (props) => ({
    title: props.attributes.title,
    ...(props.attributes.image ? { image: { ...props.attributes.image, alt: props.attributes.alt ?? '' } } : {}),
    body: props.body,
    actions: actionsOf(props),
  }),
  example: `:::promo{title="Language models on one page" url="https://example.com/book" action="Read a chapter"}
Forty drawings, no equations. The first chapter is free.
:::`,
})
