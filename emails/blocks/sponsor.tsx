import { type BlockProps, defineBlock, image, type ImageData, link } from 'letterpress/define'
import type { ReactElement } from 'react'
import { z } from 'zod'
import { Label, Link, Panel, Picture, Prose, Title } from '../components/index.ts'

const attributes = z.strictObject({
  title: z.string().min(1).describe('Name of the sponsor, or the line they paid for.'),
  url: link().describe('Where the title leads.'),
  image: image().optional().describe('Logo or picture: a path beside the issue, or an https URL.'),
  alt: z.string().optional().describe('What the picture shows; without it the picture is a decoration.'),
  label: z
    .string()
    .min(1)
    .optional()
    .describe('Says that this is paid for. Default: “Sponsored” in the language of the issue.'),
})

type Attributes = Omit<z.output<typeof attributes>, 'image'> & { readonly image?: ImageData | undefined }

/** A frame without a face of its own: paid words must not look like the author's. */
function Sponsor({
  mail,
  body,
  attributes: { title, url, image: picture, alt, label },
}: BlockProps<Attributes>): ReactElement {
  const { light, radius } = mail.theme
  return (
    <Panel mail={mail} bare className="l" style={{ borderRadius: radius, border: `1px solid ${light.line}` }}>
      <Label mail={mail}>{label ?? mail.words.sponsored}</Label>
      <Picture mail={mail} image={picture} alt={alt} url={url} />
      <Title mail={mail}>
        <Link mail={mail} href={url} tone="text">
          {title}
        </Link>
      </Title>
      <Prose mail={mail} nodes={body} />
    </Panel>
  )
}

/** A paid piece, marked as one. */
export const sponsor = defineBlock<Attributes>({
  name: 'sponsor',
  summary: 'A paid piece, marked as such',
  attributes,
  body: 'markdown',
  canBeShared: true,
  Component: Sponsor,
  outline: ({ attributes: { title, url, image: picture, alt, label }, body, mail }) => ({
    label: label ?? mail.words.sponsored,
    title,
    ...(picture ? { image: { ...picture, alt: alt ?? '' } } : {}),
    body,
    actions: [{ label: title, url }],
  }),
  example: `:::sponsor{title="Example Library" url="https://example.com/library"}
A reading room for teams: one shelf, shared margins, no algorithm.
:::`,
})
