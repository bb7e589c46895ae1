import { declineFor, joinFor } from './plural.ts'
import type { Words } from './words.ts'

export const fr: Words = {
  language: 'fr',
  contents: 'Dans ce numéro',
  readOnline: 'Lire en ligne',
  unsubscribe: 'Se désabonner',
  preferences: 'Préférences',
  issue: (number) => `Numéro ${number}`,
  entries: declineFor('fr', { one: '# article', other: '# articles' }),
  sponsored: 'Sponsorisé',
  more: 'En savoir plus',
  note: 'Remarque',
  warning: 'Important',
  notes: 'Notes',
  image: 'Image',
  online: 'en ligne',
  backToContents: '↑ Retour au sommaire',
  list: joinFor('fr'),
  done: 'Fait',
  open: 'À faire',
}
