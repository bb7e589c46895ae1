import { anchorMissing } from './anchor-missing.ts'
import { clientSupport } from './client-support.ts'
import { contrast } from './contrast.ts'
import { dkimSignature } from './dkim-signature.ts'
import { entryDuplicate } from './entry-duplicate.ts'
import { fixedWidth } from './fixed-width.ts'
import { fromAddress } from './from-address.ts'
import { fromName } from './from-name.ts'
import { headerDuplicate } from './header-duplicate.ts'
import { headerMissing } from './header-missing.ts'
import { headerRaw } from './header-raw.ts'
import { headerSyntax } from './header-syntax.ts'
import { hiddenText } from './hidden-text.ts'
import { imageAlt } from './image-alt.ts'
import { latexResidue } from './latex-residue.ts'
import { lineLength } from './line-length.ts'
import { linkShortener } from './link-shortener.ts'
import { linkUnderline } from './link-underline.ts'
import { mimeStructure } from './mime-structure.ts'
import { oneClickUnsigned } from './one-click-unsigned.ts'
import { oneClick } from './one-click.ts'
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
  headerDuplicate,
  headerMissing,
  headerSyntax,
  headerRaw,
  lineLength,
  oneClick,
  oneClickUnsigned,
  dkimSignature,
  fromName,
  fromAddress,
  mimeStructure,
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
