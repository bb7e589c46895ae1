import type { Action, Block, ImageData } from '../issue/index.ts'
import type { BlockDefinition, BlockOutline, BlockProps, TemplateProps } from './template.ts'

/** What a block says, without its looks. A block the registry no longer knows is reduced by convention. */
export function outlineBlock(block: Block, definition: BlockDefinition | undefined, mail: TemplateProps): BlockOutline {
  const props: BlockProps = { attributes: block.props, body: block.body, actions: block.actions, block, mail }
  return definition?.outline ? definition.outline(props as BlockProps<never>) : outlineByConvention(props)
}

function outlineByConvention({ attributes, body, actions }: BlockProps): BlockOutline {
  const text = (key: string) => (typeof attributes[key] === 'string' ? (attributes[key] as string) : undefined)
  const [label, title, url] = [text('label'), text('title'), text('url')]
  const image = attributes['image'] as (ImageData & { alt?: string }) | undefined
  const own: Action[] = url ? [{ label: text('action') ?? title ?? url, url }] : []
  return {
    ...(label ? { label } : {}),
    ...(title ? { title } : {}),
    ...(image?.src ? { image: { ...image, alt: image.alt ?? '' } } : {}),
    body,
    actions: [...own, ...actions],
  }
}
