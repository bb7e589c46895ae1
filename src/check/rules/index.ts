import { activeContent } from './active-content.ts'
import { anchorMissing } from './anchor-missing.ts'
import { anchorOnly } from './anchor-only.ts'
import { anchorTarget } from './anchor-target.ts'
import { clientSupport } from './client-support.ts'
import { conditionalComment } from './conditional-comment.ts'
import { contrast } from './contrast.ts'
import { controlCharacter } from './control-character.ts'
import { dkimSignature } from './dkim-signature.ts'
import { doctypeMissing } from './doctype-missing.ts'
import { duplicateId } from './duplicate-id.ts'
import { entryDuplicate } from './entry-duplicate.ts'
import { fixedWidth } from './fixed-width.ts'
import { fromAddress } from './from-address.ts'
import { fromName } from './from-name.ts'
import { headerDuplicate } from './header-duplicate.ts'
import { headerMissing } from './header-missing.ts'
import { headerRaw } from './header-raw.ts'
import { headerSyntax } from './header-syntax.ts'
import { headingOrder } from './heading-order.ts'
import { hiddenText } from './hidden-text.ts'
import { imageAlt } from './image-alt.ts'
import { imageFormat } from './image-format.ts'
import { imageHeavy } from './image-heavy.ts'
import { imageOnly } from './image-only.ts'
import { imageWidth } from './image-width.ts'
import { languageMissing } from './language-missing.ts'
import { latexResidue } from './latex-residue.ts'
import { lineLength } from './line-length.ts'
import { linkDead } from './link-dead.ts'
import { linkInsecure } from './link-insecure.ts'
import { linkLocal } from './link-local.ts'
import { linkMismatch } from './link-mismatch.ts'
import { linkScheme } from './link-scheme.ts'
import { linkShortener } from './link-shortener.ts'
import { linkText } from './link-text.ts'
import { linkUnderline } from './link-underline.ts'
import { markdownResidue } from './markdown-residue.ts'
import { mimeStructure } from './mime-structure.ts'
import { oneClickUnsigned } from './one-click-unsigned.ts'
import { oneClick } from './one-click.ts'
import { postalAddressMissing } from './postal-address-missing.ts'
import { preheaderFiller } from './preheader-filler.ts'
import { preheaderMissing } from './preheader-missing.ts'
import { sectionEmpty } from './section-empty.ts'
import { sizeClip } from './size-clip.ts'
import { slotUnresolved } from './slot-unresolved.ts'
import { styleSize } from './style-size.ts'
import { subjectStyle } from './subject-style.ts'
import { tableRole } from './table-role.ts'
import { tapTarget } from './tap-target.ts'
import { textDiffers } from './text-differs.ts'
import { textGarbled } from './text-garbled.ts'
import { textSmall } from './text-small.ts'
import { titleMissing } from './title-missing.ts'
import { trackingPixel } from './tracking-pixel.ts'
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
  subjectStyle,
  markdownResidue,
  linkText,
  linkMismatch,
  linkInsecure,
  linkLocal,
  linkScheme,
  textGarbled,
  imageFormat,
  imageHeavy,
  headingOrder,
  linkDead,
  controlCharacter,
  postalAddressMissing,
  textDiffers,
  imageOnly,
  languageMissing,
  tableRole,
  titleMissing,
  activeContent,
  anchorTarget,
  anchorOnly,
  imageWidth,
  duplicateId,
  conditionalComment,
  doctypeMissing,
  trackingPixel,
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
