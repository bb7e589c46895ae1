import { ar } from './ar.ts'
import { de } from './de.ts'
import { en } from './en.ts'
import { es } from './es.ts'
import { fr } from './fr.ts'
import { he } from './he.ts'
import { ja } from './ja.ts'
import type { Words } from './words.ts'

/** Every language the mail's own words exist in. Add a file in this folder and a name here. */
export const WORDS: readonly Words[] = [en, es, ar, ja, de, fr, he]

/** Scripts written from right to left, and languages whose usual script is one of them (CLDR). */
const RTL_SCRIPTS = new Set(['Adlm', 'Arab', 'Hebr', 'Nkoo', 'Rohg', 'Syrc', 'Thaa'])
const RTL_LANGUAGES = new Set('ar arc ckb dv fa he iw ks nqo ps sd sdh syr ug ur yi'.split(' '))

/** Words for a BCP 47 tag: those of the language (`de-AT` → `de`), else English. */
export function loadWords(language: string): Words {
  const primary = language.toLowerCase().split('-')[0]
  return WORDS.find((words) => words.language === primary) ?? en
}

/** Reading direction of a BCP 47 tag; a script in it decides (`az-Arab`, `ku-Latn`), else the language. */
export function directionOf(language: string): 'ltr' | 'rtl' {
  const [primary = '', ...rest] = language.split('-')
  const script = rest.find((part) => /^[a-z]{4}$/i.test(part))
  if (script === undefined) return RTL_LANGUAGES.has(primary.toLowerCase()) ? 'rtl' : 'ltr'
  return RTL_SCRIPTS.has(`${script.charAt(0).toUpperCase()}${script.slice(1).toLowerCase()}`) ? 'rtl' : 'ltr'
}
