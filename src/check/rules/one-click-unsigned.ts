import { z } from 'zod'
import { readSignature } from '../dkim-tags.ts'
import { listFields, placeField, viewMessage } from '../message-view.ts'
import { joinWords } from '../quote.ts'
import { defineRule } from '../rule.ts'

const COVERED = ['List-Unsubscribe', 'List-Unsubscribe-Post'] as const

export const oneClickUnsigned = defineRule({
  id: 'one-click-unsigned',
  severity: 'error',
  needs: 'message',
  summary: 'One-click fields that the signature does not cover',
  why: 'Mail programs offer one-click unsubscribing only when a valid DKIM signature covers both fields; the defaults of many signers leave List-Unsubscribe-Post out. An unsigned message is passed over here: most SMTP services sign on the way, and a test message shows whether they cover both.',
  remedy: 'Let Letterpress sign (docs/dkim.md), or tell the signer to add both names to its list of header fields.',
  reference: 'RFC 8058 §4; nodemailer, OpenDKIM and rspamd leave List-Unsubscribe-Post out by default',
  bad: 'DKIM-Signature: v=1; a=rsa-sha256; d=news.example.com; s=s1; h=from:subject:date:list-unsubscribe; …',
  good: 'DKIM-Signature: v=1; a=rsa-sha256; d=news.example.com; s=s1; h=from:subject:date:list-unsubscribe:list-unsubscribe-post; …',
  options: z.strictObject({}),
  check({ message, report }) {
    const view = viewMessage(message)
    const signatures = listFields(view, 'DKIM-Signature')
    const [first] = signatures
    if (!first || COVERED.some((name) => listFields(view, name).length === 0)) return
    const missing = signatures.map((field) => {
      const { covered } = readSignature(field)
      return COVERED.filter((name) => !covered.includes(name.toLowerCase()))
    })
    if (missing.some((names) => names.length === 0)) return
    report({ message: `No signature covers ${joinWords(missing[0] ?? [])}.`, ...placeField(view, first) })
  },
})
