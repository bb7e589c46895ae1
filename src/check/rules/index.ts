import { anchorMissing } from './anchor-missing.ts'
import { clientSupport } from './client-support.ts'
import { contrast } from './contrast.ts'
import { entryDuplicate } from './entry-duplicate.ts'
import { fixedWidth } from './fixed-width.ts'
import { hiddenText } from './hidden-text.ts'
import { imageAlt } from './image-alt.ts'
import { latexResidue } from './latex-residue.ts'
import { linkShortener } from './link-shortener.ts'
import { linkUnderline } from './link-underline.ts'
import { preheaderFiller } from './preheader-filler.ts'
import { preheaderMissing } from './preheader-missing.ts'
import { sectionEmpty } from './section-empty.ts'
import { sizeClip } from './size-clip.ts'
import { slotUnresolved } from './slot-unresolved.ts'
import { styleSize } from './style-size.ts'
import { tapTarget } from './tap-target.ts'
import { textSmall } from './text-small.ts'
import { unsubscribeMissing } from './unsubscribe-missing.ts'

/** Every rule, in the order of the reference page. */
export const RULES = [
  sizeClip,
  unsubscribeMissing,
  slotUnresolved,
  anchorMissing,
  imageAlt,
  linkShortener,
  entryDuplicate,
  sectionEmpty,
  latexResidue,
  preheaderMissing,
  contrast,
  tapTarget,
  linkUnderline,
  hiddenText,
  preheaderFiller,
  clientSupport,
  styleSize,
  fixedWidth,
  textSmall,
] as const
