import type { BlockDefinition } from 'letterpress/define'
import { mentoring } from './mentoring.tsx'
import { note } from './note.tsx'
import { promo } from './promo.tsx'
import { sponsor } from './sponsor.tsx'
import { toc } from './toc.tsx'

/** Every built-in block. Add a file in this folder and a name here. */
export const blocks: readonly BlockDefinition[] = [toc, promo, mentoring, sponsor, note]
