import { z } from 'zod'
import { domainOf, readAddresses } from '../mailboxes.ts'
import { listFields, type MessageField, placeField, viewMessage } from '../message-view.ts'
import { defineRule } from '../rule.ts'

/** Providers whose domains nobody else may send from: their DMARC policy, or their spam filters, refuse it. */
const FREE_MAIL =
  /^(?:(?:gmail|googlemail|hotmail|outlook|live|msn|icloud|me|mac|aol|aim|hey|fastmail|yandex|mail|inbox|zoho|tutanota|tuta|pm|proton|protonmail|qq|163|126|naver|daum|web|freenet|rediffmail|hushmail)\.(?:com|net|org|de|ru|me|in|io)|(?:yahoo|ymail|rocketmail|gmx|hotmail|outlook|live|aol|yandex|t-online|orange|wanadoo|free|laposte|libero|virgilio)\.[a-z]{2,3}(?:\.[a-z]{2})?|proton\.me|pm\.me|hey\.com|fastmail\.fm)$/
const NOBODY =
  /^(?:no[-_.]?reply|do[-_.]?not[-_.]?reply|not?[-_.]?reply|noresponse|no[-_.]?response|mailer-daemon|nobody)(?:[+\-_.].*)?$/i

export const fromAddress = defineRule({
  id: 'from-address',
  severity: 'error',
  needs: 'message',
  summary: 'Sender’s address that mail cannot be sent from, or answered to',
  why: 'Mail from an address at a free-mail provider that did not come from its own servers fails SPF, DKIM and DMARC, and is refused or filed as spam. A no-reply address turns readers away who would answer, and answers are what providers take for a sign of wanted mail; that is a warning.',
  remedy: 'Send from a domain of your own, and let `replyTo` be an address that somebody reads.',
  reference: 'Google 81126 (do not impersonate gmail.com); RFC 9989 (DMARC); Yahoo and AOL p=reject since 2014',
  bad: 'From: "LLM Papers Weekly" <llmpapers@gmail.com>',
  good: 'From: "LLM Papers Weekly" <ada@news.example.com>',
  options: z.strictObject({
    allow: z.array(z.string()).default([]).describe('Domains on the list that are your own after all.'),
  }),
  check({ message, options, report }) {
    const view = viewMessage(message)
    const [from] = listFields(view, 'From')
    const [replyTo] = listFields(view, 'Reply-To')
    const domain = domainOf(readAddress(from))
    if (from && FREE_MAIL.test(domain) && !options.allow.includes(domain)) {
      const text = `${domain} is a free-mail provider: only its own servers may send from it.`
      report({ message: text, ...placeField(view, from) })
    }
    for (const field of [from, replyTo]) {
      const local = readAddress(field).replace(/@.*$/, '')
      if (!field || !NOBODY.test(local)) continue
      const text = `${field.name} is "${local}@…", which says that nobody reads answers.`
      report({ message: text, severity: 'warning', ...placeField(view, field) })
    }
  },
})

function readAddress(field: MessageField | undefined): string {
  return readAddresses(field?.value ?? '')[0]?.address ?? ''
}
