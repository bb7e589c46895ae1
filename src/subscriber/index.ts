export { type AddResult, type Details, type LeaveResult, type Origin, suppress } from './change.ts'
export type { Consent, ConsentKind } from './consent.ts'
export { toEmailKey } from './email-key.ts'
export { subscriberErrors } from './errors.ts'
export { countAudience, findById, type PageOptions, readRecipients, type Recipient, searchReaders } from './find.ts'
export { loadFixtureReaders } from './fixture-readers.ts'
export { cleanLine } from './import/clean.ts'
export { readLanguage } from './import/language.ts'
export type { ImportOptions, ImportProgress, ImportReport, ProblemList, RowProblem } from './import/report.ts'
export type { Reader } from './reader.ts'
export {
  audienceCondition,
  type Condition,
  EVERYBODY,
  formatSegment,
  parseSegment,
  type Segment,
  segmentCondition,
} from './segment.ts'
export { isStatus, STATUSES, type SubscriberStatus } from './status.ts'
export { createSubscriberStore, type ExportOptions, type SubscriberStore } from './store.ts'
export type { Subscriber } from './subscriber.ts'
export type { Suppression, SuppressionReason } from './suppression.ts'
export { normalizeTag } from './tags.ts'
export { signToken, type TokenKey, type TokenPurpose, verifyToken } from './token.ts'
