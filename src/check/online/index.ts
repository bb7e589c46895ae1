export { askLinks, type OnlineOptions } from './ask-links.ts'
export { listPages, pageOf } from './web-links.ts'
