import { z } from 'zod'
import { listFields, type MessageField, placeField, viewMessage } from '../message-view.ts'
import { defineRule, type Report } from '../rule.ts'

/** A URI cannot be folded, and a line may hold 998 octets. */
const MAX_URL_OCTETS = 900
const ONE_CLICK = 'List-Unsubscribe=One-Click'

export const oneClick = defineRule({
  id: 'one-click',
  severity: 'error',
  needs: 'message',
  summary: 'One-click unsubscribing that mail programs cannot use',
  why: 'Gmail and Yahoo show their own unsubscribe button only for an https address with List-Unsubscribe-Post beside it, exactly as the RFC writes it. Without one, readers press "spam". Yahoo and others also use the mailto address.',
  remedy: 'Set `url` in the configuration: the fields are then written as they should be.',
  reference: 'RFC 8058 §3.1; RFC 2369 §3.2; Google 81126; Yahoo Sender Best Practices',
  bad: 'List-Unsubscribe: <http://news.example.com/u/1#leave>\nList-Unsubscribe-Post: One-Click',
  good: 'List-Unsubscribe: <https://news.example.com/u/1>, <mailto:leave@news.example.com?subject=1>\nList-Unsubscribe-Post: List-Unsubscribe=One-Click',
  options: z.strictObject({}),
  check({ message, newsletter, report }) {
    const view = viewMessage(message)
    const [list] = listFields(view, 'List-Unsubscribe')
    const [post] = listFields(view, 'List-Unsubscribe-Post')
    if (post) for (const text of judgePost(post, list)) report({ message: text, ...placeField(view, post) })
    if (!list) return
    const urls = readUrls(list)
    const asksForSite = post !== undefined || newsletter?.url !== undefined
    for (const found of [...urls.flatMap(judgeUrl), ...judgeWays(urls, post, asksForSite)]) {
      report({ ...found, ...placeField(view, list) })
    }
  },
})

const WITHOUT_POST: Report = {
  message: 'List-Unsubscribe has an https address, and no List-Unsubscribe-Post says that a POST there is enough.',
  severity: 'warning',
}
const WITHOUT_MAILTO: Report = {
  message: 'List-Unsubscribe has no mailto address beside the https one.',
  severity: 'warning',
  remedy: 'Add one, for mail programs that unsubscribe by mail.',
}

function readUrls({ value }: MessageField): string[] {
  return Array.from(value.matchAll(/<([^<>]*)>/g), ([, url = '']) => url.trim())
}

function judgePost({ value }: MessageField, list: MessageField | undefined): string[] {
  return [
    value === ONE_CLICK ? '' : `List-Unsubscribe-Post is not exactly "${ONE_CLICK}".`,
    list ? '' : 'List-Unsubscribe-Post stands without List-Unsubscribe.',
  ].filter(Boolean)
}

function judgeUrl(url: string): Report[] {
  if (url.length > MAX_URL_OCTETS) {
    return [{ message: `An address in List-Unsubscribe has ${url.length} octets; ${MAX_URL_OCTETS} are the most.` }]
  }
  if (/[^\x21-\x7e]/.test(url)) {
    return [{ message: 'An address in List-Unsubscribe holds a blank or something beyond ASCII.' }]
  }
  const isCut = url.includes('#') && /^https?:/i.test(url)
  return isCut ? [{ message: 'The address in List-Unsubscribe has a fragment, which never reaches a server.' }] : []
}

// Without a site there is nothing that could take a POST: the author chose that readers leave by mail.
function judgeWays(urls: readonly string[], post: MessageField | undefined, asksForSite: boolean): Report[] {
  const has = (scheme: RegExp) => urls.some((url) => scheme.test(url))
  const hasMailto = has(/^mailto:/i)
  if (!has(/^https:/i)) return asksForSite || !hasMailto ? [{ message: 'List-Unsubscribe has no https address.' }] : []
  return [...(post ? [] : [WITHOUT_POST]), ...(hasMailto ? [] : [WITHOUT_MAILTO])]
}
