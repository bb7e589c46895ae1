/** A service that mails for others, as its own pages say. */
export interface Relay {
  readonly name: string
  /** Of its SMTP servers. */
  readonly hosts: RegExp
  /** What senders include. */
  readonly include: string
  /** Whether mail carries a return address of the relay's own unless the account says otherwise. */
  readonly hasOwnReturnPath: boolean
  readonly source: string
}

/** Relays whose servers send from other addresses than they listen on, so that only the include tells. */
export const RELAYS: readonly Relay[] = [
  {
    name: 'Google Workspace and Gmail',
    hosts: /^smtp(?:-relay)?\.g(?:oogle)?mail\.com$/,
    include: '_spf.google.com',
    hasOwnReturnPath: false,
    source: 'https://support.google.com/a/answer/33786',
  },
  {
    name: 'Microsoft 365',
    hosts: /^smtp\.office365\.com$|\.mail\.protection\.outlook\.com$/,
    include: 'spf.protection.outlook.com',
    hasOwnReturnPath: false,
    source: 'https://learn.microsoft.com/en-us/defender-office-365/email-authentication-spf-configure',
  },
  {
    name: 'Amazon SES',
    hosts: /^email-smtp(?:-fips)?\.[a-z0-9-]+\.amazonaws\.com$/,
    include: 'amazonses.com',
    hasOwnReturnPath: true,
    source: 'https://docs.aws.amazon.com/ses/latest/dg/mail-from.html',
  },
  {
    name: 'SendGrid',
    hosts: /^smtp\.(?:eu\.)?sendgrid\.net$/,
    include: 'sendgrid.net',
    hasOwnReturnPath: true,
    source: 'https://www.twilio.com/docs/sendgrid/ui/account-and-settings/spf-records',
  },
  {
    name: 'Mailgun',
    hosts: /^smtp\.(?:eu\.)?mailgun\.org$/,
    include: 'mailgun.org',
    hasOwnReturnPath: false,
    source: 'https://help.mailgun.com/hc/en-us/articles/360026833053-Domain-Verification-Walkthrough',
  },
  {
    name: 'Postmark',
    hosts: /^smtp(?:-broadcasts)?\.postmarkapp\.com$/,
    include: 'spf.mtasv.net',
    hasOwnReturnPath: true,
    source: 'https://postmarkapp.com/support/article/1092-how-do-i-set-up-spf-for-postmark',
  },
  {
    name: 'Brevo',
    hosts: /^smtp-relay\.(?:brevo|sendinblue)\.com$/,
    include: 'spf.brevo.com',
    hasOwnReturnPath: true,
    source: 'https://help.brevo.com/hc/en-us/articles/12163873383186',
  },
  {
    name: 'Fastmail',
    hosts: /^smtp\.fastmail\.com$/,
    include: 'spf.messagingengine.com',
    hasOwnReturnPath: false,
    source: 'https://www.fastmail.help/hc/en-us/articles/360060591153',
  },
]

/** @param host - of the SMTP server. */
export function findRelay(host: string): Relay | undefined {
  return RELAYS.find(({ hosts }) => hosts.test(host.toLowerCase()))
}
