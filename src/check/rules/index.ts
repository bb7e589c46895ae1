import { anchorMissing } from './anchor-missing.ts'
import { entryDuplicate } from './entry-duplicate.ts'
import { imageAlt } from './image-alt.ts'
import { latexResidue } from './latex-residue.ts'
import { linkShortener } from './link-shortener.ts'
import { preheaderMissing } from './preheader-missing.ts'
import { sectionEmpty } from './section-empty.ts'
import { sizeClip } from './size-clip.ts'
import { slotUnresolved } from './slot-unresolved.ts'
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
] as const
