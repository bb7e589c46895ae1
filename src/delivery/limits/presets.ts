/**
 * What common relays allow, as they say themselves. One entry per kind of account; a relay that publishes no figures has
 * none, because an invented one would be believed. Read on the date given; numbers of one's own override them.
 */
export interface Preset {
  readonly perSecond?: number
  readonly perMinute?: number
  readonly perHour?: number
  readonly perDay?: number
  /** Title and address of the page, and when it was read. */
  readonly source: string
  readonly url: string
  readonly readOn: string
  readonly note?: string
}

export const PRESETS = {
  'ses-sandbox': {
    perSecond: 1,
    perDay: 200,
    source: 'Service quotas in Amazon SES',
    url: 'https://docs.aws.amazon.com/ses/latest/dg/quotas.html',
    readOn: '2026-11-23',
    note: 'Only to verified addresses. Outside the sandbox AWS publishes no figure: the console shows yours.',
  },
  gmail: {
    perDay: 500,
    source: 'Limits for sending & getting mail (Gmail Help)',
    url: 'https://support.google.com/mail/answer/22839',
    readOn: '2026-11-23',
    note: 'Read as other sites quote it. A personal account; over 24 hours that slide.',
  },
  'google-workspace': {
    perDay: 2000,
    source: 'Gmail sending limits in Google Workspace',
    url: 'https://support.google.com/a/answer/166852',
    readOn: '2026-11-23',
    note: 'smtp.gmail.com; 500 for a trial account.',
  },
  'google-workspace-relay': {
    perDay: 10_000,
    source: 'Route outgoing SMTP relay messages through Google',
    url: 'https://support.google.com/a/answer/2956491',
    readOn: '2026-11-23',
    note: 'smtp-relay.gmail.com, for each user.',
  },
  'microsoft-365': {
    perMinute: 30,
    perDay: 10_000,
    source: 'Troubleshoot outbound sending limits (Exchange Online)',
    url: 'https://learn.microsoft.com/en-us/defender-office-365/outbound-spam-sending-limits-troubleshoot',
    readOn: '2026-11-23',
    note: 'For each mailbox; the tenant has a limit of its own besides.',
  },
  icloud: {
    perDay: 1000,
    source: 'Mailbox size and message sending limits in iCloud',
    url: 'https://support.apple.com/en-ca/102198',
    readOn: '2026-11-23',
    note: 'Apple forbids bulk mail over it.',
  },
  'brevo-free': {
    perDay: 300,
    source: 'Add or remove emails from your plan (Brevo)',
    url: 'https://help.brevo.com/hc/en-us/articles/8292912279954-Add-or-remove-emails-from-your-plan',
    readOn: '2026-11-23',
  },
} as const satisfies Readonly<Record<string, Preset>>

export type PresetName = keyof typeof PRESETS

export const PRESET_NAMES = Object.keys(PRESETS) as [PresetName, ...PresetName[]]
