/** Slots with a fixed name; `subscriber.fields.<key>` exists for every column of the list. */
export const SLOT_NAMES = [
  'subscriber.name',
  'subscriber.email',
  'subscriber.language',
  'unsubscribeUrl',
  'preferencesUrl',
  'webUrl',
] as const

const FIELD = /^subscriber\.fields\.[a-z][a-z0-9_]{0,63}$/i

/** Whether a slot of this name can be filled. */
export function isSlotName(name: string): boolean {
  return (SLOT_NAMES as readonly string[]).includes(name) || FIELD.test(name)
}
