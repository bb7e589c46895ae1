import type { ErrorData } from '../base/index.ts'

const saved = 'What was sent is in the ledger, and `send` goes on from there.'

export const lockLost = {
  code: 'delivery/lock-lost',
  title: 'Another process has taken over the send',
  message: () => `Another process has taken over this send, because this one gave no sign of life. ${saved}`,
  hint: () => '`letterpress status` shows how far the other one is.',
} satisfies ErrorData

export const lockHeld = {
  code: 'delivery/lock-held',
  title: 'An issue that another process is sending',
  message: (issue: string, pid: number, host: string, seconds: number) =>
    `"${issue}" is being sent by process ${pid} on ${host}, whose last sign of life was ${seconds} s ago. Nothing was sent by this one.`,
  hint: (seconds: number) =>
    `\`letterpress status\` shows how far it is. When that process is gone, this one may take over after ${seconds} s without a sign of life.`,
} satisfies ErrorData

export const otherSegment = {
  code: 'delivery/other-segment',
  title: 'Another segment than the one the issue was frozen for',
  message: (issue: string, frozen: string) =>
    `"${issue}" was approved for ${frozen}, and who gets it stands since then. Nothing was sent.`,
  hint: () => 'Leave --segment out to go on, or add --new-readers to send it to the readers of the other segment too.',
} satisfies ErrorData

export const sameContent = {
  code: 'delivery/same-content',
  title: 'Content that went out under another id',
  message: (issue: string, other: string) =>
    `What "${issue}" says was already sent as "${other}", so readers would get it twice. Nothing was sent.`,
  hint: () => 'Send another issue, or add --force when twice is what you want.',
} satisfies ErrorData

export const approvedMeanwhile = {
  code: 'delivery/approved-meanwhile',
  title: 'An issue that was approved elsewhere while it was asked about',
  message: (issue: string, differences: readonly string[]) =>
    `"${issue}" was approved elsewhere while you were asked, and otherwise than here: ${differences.join('; ')}. That one stands. Nothing was sent by this command.`,
  hint: (slug: string) =>
    `\`letterpress status ${slug}\` shows what was approved and how far it is; \`letterpress send ${slug}\` goes on with it, and \`letterpress pause ${slug}\` holds it.`,
} satisfies ErrorData

export const cancelled = {
  code: 'delivery/cancelled',
  title: 'A cancelled send',
  message: (issue: string) => `The send of "${issue}" was cancelled. Nothing was sent.`,
} satisfies ErrorData

export const paused = {
  code: 'delivery/paused',
  title: 'A paused send',
  message: (issue: string) => `The send of "${issue}" is paused. Nothing was sent.`,
  hint: (issue: string) => `\`letterpress resume ${issue}\` goes on with it.`,
} satisfies ErrorData

export const scheduled = {
  code: 'delivery/scheduled',
  title: 'A send whose time has not come',
  message: (issue: string, at: string) => `The send of "${issue}" is scheduled for ${at}. Nothing was sent.`,
  hint: (issue: string) => `\`letterpress send ${issue}\` waits for it, and with \`--at now\` starts it.`,
} satisfies ErrorData

export const badTime = {
  code: 'delivery/bad-time',
  title: 'A time at which nothing can start',
  message: (text: string, reason: string) => `--at ${text}: ${reason}. Nothing was changed.`,
  hint: () =>
    "Write '2026-11-27 08:00' (local time), '2026-11-27T08:00+01:00', '08:00' for the next such time, or now.",
} satisfies ErrorData

export const alreadyStarted = {
  code: 'delivery/already-started',
  title: 'A time for a send that has begun',
  message: (issue: string) => `The send of "${issue}" has begun, so it cannot be given a time. Nothing was changed.`,
  hint: (issue: string) => `\`letterpress pause ${issue}\` holds it; without --at \`send\` goes on with it.`,
} satisfies ErrorData

export const neverApproved = {
  code: 'delivery/never-approved',
  title: 'A lever for a send that nobody approved',
  message: (issue: string) => `"${issue}" was never approved for sending, so there is nothing to do.`,
  hint: () => '`letterpress status` lists what was.',
} satisfies ErrorData

export const refused = {
  code: 'delivery/refused',
  title: 'An issue that may not be sent as it is',
  message: (issue: string, reasons: readonly string[]) =>
    `"${issue}" may not be sent as it is. Nothing was sent.\n${reasons.map((reason) => `  - ${reason}`).join('\n')}`,
  hint: () => 'When you know better, --force sends it all the same, and the ledger keeps that you said so.',
} satisfies ErrorData

export const notConfirmed = {
  code: 'delivery/not-confirmed',
  title: 'A send that nobody confirmed',
  message: (readers: number) =>
    `Mailing ${readers === 1 ? '1 reader' : `${readers} readers`} needs a yes, and nobody can be asked here. Nothing was sent.`,
  hint: () => 'Add --yes, or run it on a terminal.',
} satisfies ErrorData

export const wrongSlug = {
  code: 'delivery/wrong-slug',
  title: 'A confirmation that does not match',
  message: (typed: string, slug: string, rest: string) => `"${typed}" is not "${slug}". ${rest}`,
} satisfies ErrorData

export const cancelNotConfirmed = {
  code: 'delivery/cancel-not-confirmed',
  title: 'A cancelling that nobody confirmed',
  message: (issue: string) => `Cancelling "${issue}" needs a yes, and nobody can be asked here. Nothing was cancelled.`,
  hint: () => 'Add --yes, or run it on a terminal.',
} satisfies ErrorData

export const otherTransport = {
  code: 'delivery/other-transport',
  title: 'A send over SMTP that would go on without',
  message: (issue: string) =>
    `"${issue}" was approved for sending over SMTP, and no SMTP server is set now: its readers would count as served while nobody receives anything. Nothing was sent.`,
  hint: () => 'Set SMTP_URL as it was when the send began.',
} satisfies ErrorData

export const rehearsed = {
  code: 'delivery/rehearsal',
  title: 'A rehearsal that would go on for real',
  message: (issue: string) =>
    `"${issue}" went into the embedded inbox, where nobody receives it, and an SMTP server is set now: what is left of it would go to readers. Nothing was sent.`,
  hint: (slug: string) =>
    `\`letterpress send ${slug}\` begins the real send, with everybody; without SMTP_URL the rehearsal goes on.`,
} satisfies ErrorData

export const serverRefuses = {
  code: 'delivery/server-refuses',
  title: 'A mail server that cannot be used',
  message: (place: string, text: string) => `${place} cannot be used: ${text}. Nothing was sent, nobody is marked.`,
  hint: () => 'Check SMTP_URL and the account, then run the command again.',
} satisfies ErrorData

export const badDuration = {
  code: 'delivery/bad-duration',
  title: 'A text that is no duration',
  message: (text: string) => `"${text}" is no duration.`,
  hint: () => 'Write a number with its unit: 90s, 30m, 2h.',
} satisfies ErrorData

export const badState = {
  code: 'delivery/bad-state',
  title: 'No state of a delivery',
  message: (text: string) => `"${text}" is no state of a delivery.`,
  hint: (states: readonly string[]) => `States are ${states.join(', ')}.`,
} satisfies ErrorData

/** Every error of this module, for docs/errors.md. */
export const deliveryErrors: readonly ErrorData[] = [
  lockLost,
  lockHeld,
  otherSegment,
  sameContent,
  approvedMeanwhile,
  cancelled,
  paused,
  scheduled,
  badTime,
  alreadyStarted,
  neverApproved,
  refused,
  notConfirmed,
  wrongSlug,
  cancelNotConfirmed,
  otherTransport,
  rehearsed,
  serverRefuses,
  badDuration,
  badState,
]
