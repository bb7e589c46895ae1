import { declineFor, joinFor } from './plural.ts'
import type { Words } from './words.ts'

export const en: Words = {
  language: 'en',
  contents: 'In this issue',
  readOnline: 'Read online',
  unsubscribe: 'Unsubscribe',
  preferences: 'Preferences',
  issue: (number) => `Issue ${number}`,
  entries: declineFor('en', { one: '# entry', other: '# entries' }),
  sponsored: 'Sponsored',
  more: 'Find out more',
  note: 'Note',
  warning: 'Important',
  notes: 'Notes',
  image: 'Image',
  online: 'online',
  backToContents: '↑ Back to contents',
  list: joinFor('en-GB'),
  done: 'Done',
  open: 'To do',
}
