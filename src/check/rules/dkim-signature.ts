import { z } from 'zod'
import { readSignature } from '../dkim-tags.ts'
import { listFields, type MessageField, placeField, viewMessage } from '../message-view.ts'
import { joinWords } from '../quote.ts'
import { defineRule } from '../rule.ts'

const NEEDED = ['v', 'a', 'b', 'bh', 'd', 'h', 's']

export const dkimSignature = defineRule({
  id: 'dkim-signature',
  severity: 'error',
  needs: 'message',
  summary: 'Signature that proves too little',
  why: '`l=` signs only the beginning of the body, so that anybody can add to it; rsa-sha1 counts as no signature since 2018; one that does not cover From proves nothing, and one without its tags cannot be verified.',
  remedy: 'Sign with rsa-sha256 (or ed25519-sha256 besides) over the whole body, with From among the fields.',
  reference: 'RFC 6376 §3.5, §5.4 and §8.2; RFC 8301 §3.1',
  bad: 'DKIM-Signature: v=1; a=rsa-sha1; d=news.example.com; s=s1; l=512; h=subject:date; bh=…; b=…',
  good: 'DKIM-Signature: v=1; a=rsa-sha256; d=news.example.com; s=s1; h=from:to:subject:date; bh=…; b=…',
  options: z.strictObject({}),
  check({ message, report }) {
    const view = viewMessage(message)
    for (const field of listFields(view, 'DKIM-Signature')) {
      for (const trouble of judge(field)) report({ message: `The signature ${trouble}.`, ...placeField(view, field) })
    }
  },
})

function judge(field: MessageField): string[] {
  const { tags, covered } = readSignature(field)
  const absent = NEEDED.filter((name) => !tags.has(name)).map((name) => `${name}=`)
  return [
    absent.length > 0 ? `lacks ${joinWords(absent)}` : '',
    tags.has('l') ? 'covers only the beginning of the body (l=)' : '',
    tags.get('a')?.toLowerCase() === 'rsa-sha1' ? 'uses rsa-sha1, which nobody accepts any more' : '',
    tags.has('h') && !covered.includes('from') ? 'does not cover From' : '',
  ].filter(Boolean)
}
