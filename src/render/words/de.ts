import { declineFor, joinFor } from './plural.ts'
import type { Words } from './words.ts'

export const de: Words = {
  language: 'de',
  contents: 'In dieser Ausgabe',
  readOnline: 'Online lesen',
  unsubscribe: 'Abmelden',
  preferences: 'Einstellungen',
  issue: (number) => `Ausgabe ${number}`,
  entries: declineFor('de', { one: '# Beitrag', other: '# Beiträge' }),
  sponsored: 'Anzeige',
  more: 'Mehr erfahren',
  note: 'Hinweis',
  warning: 'Wichtig',
  notes: 'Anmerkungen',
  image: 'Bild',
  online: 'online',
  backToContents: '↑ Zum Inhalt',
  list: joinFor('de'),
  done: 'Erledigt',
  open: 'Offen',
}
