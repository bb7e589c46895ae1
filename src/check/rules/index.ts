import { anchorMissing } from './anchor-missing.ts'
import { dkimSignature } from './dkim-signature.ts'
import { entryDuplicate } from './entry-duplicate.ts'
import { fromAddress } from './from-address.ts'
import { fromName } from './from-name.ts'
import { headerDuplicate } from './header-duplicate.ts'
import { headerMissing } from './header-missing.ts'
import { headerRaw } from './header-raw.ts'
import { headerSyntax } from './header-syntax.ts'
import { imageAlt } from './image-alt.ts'
import { latexResidue } from './latex-residue.ts'
import { lineLength } from './line-length.ts'
import { linkShortener } from './link-shortener.ts'
import { mimeStructure } from './mime-structure.ts'
import { oneClickUnsigned } from './one-click-unsigned.ts'
import { oneClick } from './one-click.ts'
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
] as const
