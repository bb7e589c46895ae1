import { type DoctorContext, defineProbe, type Report } from '../probe.ts'
import { reach } from '../reach.ts'

const DEAD = 'Readers press "Unsubscribe" in Gmail or Yahoo, and stay on the list; then they press "Spam".'

type Id = 'unreachable' | 'unknown-token' | 'status' | 'redirect' | 'cookie' | 'get'

/** What a mail provider posts, in either encoding (RFC 8058 §3.2). */
const FIELD = ['List-Unsubscribe', 'One-Click'] as const

export const oneClick = defineProbe<Id>({
  id: 'one-click',
  group: 'One-click',
  isOnline: true,
  blames: 'environment',
  looksAt:
    'Whether the link to unsubscribe answers as RFC 8058 asks: POST in both encodings gives 200 without redirect and cookie, GET and HEAD only show a page. It uses the link of a test message, which changes nothing.',
  faults: {
    unreachable: {
      level: 'problem',
      title: 'A site that does not answer',
      effect: DEAD,
      remedy: 'Run `letterpress serve` behind a web server with https, and let it pass requests on.',
      source: 'RFC 8058 §3.1',
    },
    'unknown-token': {
      level: 'problem',
      title: 'A site that does not know our links',
      effect: DEAD,
      remedy:
        'What answers at url is another program, or a `serve` with another LETTERPRESS_SECRET. Both sides need the same .env.',
      source: 'RFC 8058 §3.1',
    },
    status: {
      level: 'problem',
      title: 'A POST that is not answered with 200',
      effect: DEAD,
      remedy:
        'See that the web server in front passes POST on with its body and both content types, and asks for no login, cookie or token against forgery.',
      source: 'RFC 8058 §3.1, §3.2',
    },
    redirect: {
      level: 'problem',
      title: 'A POST that is redirected',
      effect: `Mail providers do not follow redirects of a POST. ${DEAD}`,
      remedy: 'Set url to the address that it leads to: with https, with or without www.',
      source: 'RFC 8058 §3.1',
    },
    cookie: {
      level: 'warning',
      title: 'A cookie with the answer',
      effect: 'The request has to work without any; a page that sets one may ask for it the next time.',
      remedy: 'Have the web server in front set none under /unsubscribe/.',
      source: 'RFC 8058 §3.1',
    },
    get: {
      level: 'problem',
      title: 'A page to unsubscribe that does not show',
      effect:
        'The link in the body of the mail leads there. Scanners of mail follow it too, so opening it may change nothing.',
      remedy: 'See that the web server in front passes GET on, and neither redirects it nor answers it itself.',
      source: 'RFC 8058 §3.2, §6',
    },
  },
  run: async (context, report) => {
    const { newsletter, services } = context
    if (newsletter.url === undefined) return report.skip('No url is set, so there is no one-click.')
    const link = services.testLink()
    if (link === undefined) return report.skip('There is no secret yet, so there is no link to try.')
    let isSound = await judgePage(link, context, report)
    if (isSound === undefined) return
    const form = new FormData()
    form.append(...FIELD)
    isSound = (await judgePost('as a form', link, new URLSearchParams([[...FIELD]]), context, report)) && isSound
    isSound = (await judgePost('as multipart', link, form, context, report)) && isSound
    if (isSound) report.ok(`${newsletter.url} answers one-click as RFC 8058 asks.`)
  },
})

/** @returns undefined when nothing else need be tried. */
async function judgePage(
  link: string,
  { newsletter, signal }: DoctorContext,
  report: Report<Id>,
): Promise<boolean | undefined> {
  const url = newsletter.url ?? ''
  for (const method of ['GET', 'HEAD']) {
    const answer = await reach(link, { method }, signal)
    if (typeof answer === 'string') {
      report.fault('unreachable', { message: `${url} cannot be reached: ${answer}.` })
      return undefined
    }
    if (answer.status === 404 || answer.status === 410) {
      report.fault('unknown-token', { message: `${url} answers ${answer.status} to a link that was made here.` })
      return undefined
    }
    if (answer.status === 200) continue
    const where = answer.headers.get('location')
    report.fault('get', {
      message: `${method} of a link to unsubscribe gives ${answer.status}${where ? ` and leads to ${hideToken(where)}` : ''}.`,
    })
    return false
  }
  return true
}

async function judgePost(
  how: string,
  link: string,
  body: URLSearchParams | FormData,
  { signal }: DoctorContext,
  report: Report<Id>,
): Promise<boolean> {
  const answer = await reach(link, { method: 'POST', body }, signal)
  if (typeof answer === 'string') {
    report.fault('unreachable', { message: `POST ${how} is not answered: ${answer}.` })
    return false
  }
  const where = answer.headers.get('location')
  if (where !== null || (answer.status >= 300 && answer.status < 400)) {
    report.fault('redirect', {
      message: `POST ${how} gives ${answer.status} and leads to ${hideToken(where ?? 'nowhere')}.`,
    })
    return false
  }
  if (answer.status !== 200) {
    report.fault('status', { message: `POST ${how} gives ${answer.status}.` })
    return false
  }
  if (!answer.headers.has('set-cookie')) return true
  report.fault('cookie', { message: `POST ${how} gives 200 and sets a cookie.` })
  return false
}

// A test link changes nothing; a report should not have anybody follow one all the same.
function hideToken(text: string): string {
  return text.replace(/(?:t1|u1)\.[\w.-]+/g, '…')
}
