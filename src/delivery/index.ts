export {
  type AttemptRow,
  countAttempts,
  countReplies,
  type KindCount,
  listAttempts,
  MAX_COUNTED,
  type ReplyCount,
} from './answers.ts'
export {
  cancelRun,
  endCancelled,
  isUnfinished,
  lookAt,
  pauseRun,
  resendUnknown,
  resumeRun,
  retryFailed,
  type Word,
} from './control.ts'
export { type Content, readContent, readSubject, type Rendered, type Sender } from './content.ts'
export {
  alreadyStarted,
  badDuration,
  badState,
  badTime,
  cancelled,
  cancelNotConfirmed,
  deliveryErrors,
  neverApproved,
  notConfirmed,
  otherTransport,
  paused,
  refused,
  rehearsed,
  scheduled,
  serverRefuses,
  wrongSlug,
} from './errors.ts'
export { type Approval, freeze } from './freeze.ts'
export { type HeldRun, type HoldOptions, holdRun, leave, letGo } from './hold.ts'
export { findRunner, listRunners, type Runner } from './lock.ts'
export { estimateSeconds, readUsed, type Used } from './limits/estimate.ts'
export { findGroup } from './limits/groups.ts'
export { type Limits, NO_LIMITS, resolveLimits, type WindowName } from './limits/limits.ts'
export { type PresetName, PRESETS } from './limits/presets.ts'
export { rebuildUses } from './limits/rebuild.ts'
export { type LimitOptions, LimitsSection, type RetryOptions, RetrySection } from './options.ts'
export { countMissing, type MissingValues, parseDuration } from './plan.ts'
export { type Progress, readProgress } from './progress.ts'
export {
  addAudience,
  assertSegment,
  discardRehearsal,
  type Audience,
  findRun,
  findRunByName,
  findTwin,
  listRuns,
  type Run,
  type RunState,
} from './runs.ts'
export { type Consented, readStory, type RunStep, type StoryLine, tell } from './run-events.ts'
export {
  beginRun,
  isStale,
  listDueRuns,
  listStaleRuns,
  moveStart,
} from './schedule.ts'
export { formatLocal, type ParsedStart, parseStart } from './start-time.ts'
export { createReaders, selectAudience } from './readers.ts'
export { sendRun } from './send-run.ts'
export type { Readers, RunEnd, RunEvent, RunResult, SendRunOptions } from './send-types.ts'
export { findSimilar } from './similar.ts'
export { sleep } from './sleep.ts'
export { type Counts, type DeliveryState, isState, STATES } from './states.ts'
export { type DeliveryRow, describeRun, describeUnsent, listDeliveries, type RunStatus } from './status.ts'
export { findTest, listTestedHashes, recordTest, type SentTest } from './tests.ts'
export type { SkipReason } from './transitions.ts'
