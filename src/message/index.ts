export { type ComposeOptions, composeMessage, type Envelope, type Message } from './compose-message.ts'
export { messageErrors } from './errors.ts'
export { buildListId, buildUnsubscribeHeaders, type HeaderField } from './list-headers.ts'
export { buildReaderLinks, buildSlotValues, type LinkOptions, type ReaderLinks } from './slot-values.ts'
