/** What fields are for, in a sentence; by name in lower case. */
const NOTES: Readonly<Record<string, string>> = {
  from: 'Who writes. Filters compare its domain with those of DKIM and SPF (DMARC, RFC 7489).',
  sender: 'Who hands the message in, when that is somebody else than From (RFC 5322 §3.6.2).',
  to: 'Whom it is for. Each reader gets a message of their own, with only their address.',
  'reply-to': 'Where answers go, when not to From.',
  subject: 'What the list of mails shows. Other letters than ASCII are encoded words (RFC 2047).',
  date: 'When it was put together, with the offset from UTC (RFC 5322 §3.3).',
  'message-id': 'Name of this one message in all the world; replies and bounces refer to it.',
  'mime-version': 'Says that the body has parts as RFC 2045 describes them. Always 1.0.',
  'content-type': 'What the body is. multipart/alternative: the same in several forms, the best one last.',
  'content-transfer-encoding': 'How octets were made fit for the wire; quoted-printable keeps text readable.',
  'content-language': 'Language of the words (RFC 3282).',
  'content-disposition': 'inline: shown with the mail; attachment: kept aside.',
  'content-id': 'Name by which the HTML shows a part that travels along (RFC 2392).',
  'list-id': 'Name of the newsletter, for filters and folders of readers. Keep it for ever (RFC 2919).',
  'list-unsubscribe':
    'Addresses that end the subscription. Gmail and Yahoo show a button for it and demand it of bulk mail (RFC 2369).',
  'list-unsubscribe-post': 'Says that one POST to the address ends it, without a page to click on (RFC 8058).',
  'list-help': 'Where to find help on the list (RFC 2369).',
  'list-archive': 'Where to read past issues (RFC 2369).',
  'list-owner': 'Who looks after the list (RFC 2369).',
  'list-post': 'NO: nobody can write to the list (RFC 2369).',
  precedence: 'bulk: asks old programs not to answer by themselves. In no standard.',
  'auto-submitted': 'Says whether a person or a program sent it, so that programs do not answer it (RFC 3834).',
  'feedback-id': 'Names that Gmail counts complaints by, in Postmaster Tools.',
  'dkim-signature': 'Signature over the header and the body; the key stands in the DNS of the domain (RFC 6376).',
  'return-path': 'Where bounces went; written by the last server (RFC 5321 §4.4).',
  received: 'One line of each server on the way, the last on top (RFC 5321 §4.4).',
  'authentication-results': 'What the receiving server found of SPF, DKIM and DMARC (RFC 8601).',
  references: 'Message-IDs of the conversation (RFC 5322 §3.6.4).',
  'in-reply-to': 'Message-ID of what this answers.',
  'x-mailer': 'The program that made it. In no standard.',
  'x-entity-ref-id': 'Keeps Gmail from folding similar mails into one conversation. In no standard.',
}

/** @returns undefined for a field that nothing is known of. */
export function noteOf(name: string): string | undefined {
  return NOTES[name.toLowerCase()]
}
