export { renderErrors } from './errors.ts'
export { RenderFailure, toRelative } from './failure.ts'
export { holdImages } from './hold-images.ts'
export { listTemplates, loadBlocks, type Sources, type TemplateFile } from './registry.ts'
export { readTemplateSummary } from './template-summary.ts'
export { buildArchiveUrl, type RenderOptions, type RenderResult, renderIssue } from './render.ts'
export type { Rendered, RenderedImage, Segments, SlotUse } from './rendered.ts'
export {
  fillSlot,
  fillSlots,
  isSlotName,
  listSlots,
  markSlot,
  SLOT_NAMES,
  type SlotFormat,
  type SlotValues,
  splitSlots,
} from './slot.ts'
export type {
  BlockDefinition,
  BlockOutline,
  BlockProps,
  ContentsRow,
  Newsletter,
  TemplateProps,
} from './template.ts'
export type { Theme } from './theme.ts'
export { directionOf } from './words/index.ts'
export { formatPeriod } from './words/period.ts'
export { fillForReading, type ReadingCopy } from './reading-copy.ts'
