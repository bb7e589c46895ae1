import { declineFor, joinFor } from './plural.ts'
import type { Words } from './words.ts'

export const he: Words = {
  language: 'he',
  contents: 'בגיליון הזה',
  readOnline: 'לקריאה באתר',
  unsubscribe: 'ביטול המינוי',
  preferences: 'העדפות',
  issue: (number) => `גיליון ${number}`,
  entries: declineFor('he', { one: 'רשומה אחת', two: 'שתי רשומות', other: '# רשומות' }),
  sponsored: 'תוכן ממומן',
  more: 'לפרטים נוספים',
  note: 'הערה',
  warning: 'חשוב',
  notes: 'הערות',
  image: 'תמונה',
  online: 'באתר',
  backToContents: '↑ חזרה לתוכן העניינים',
  list: joinFor('he'),
  done: 'בוצע',
  open: 'לביצוע',
}
