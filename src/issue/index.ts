export { type BlockSchema, image, type ImageSource, isAllowedLink, link, LINK_SCHEMES } from './block.ts'
export type * from './model.ts'
