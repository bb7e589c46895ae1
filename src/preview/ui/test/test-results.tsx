import { VisuallyHidden } from '@mantine/core'
import type { InboxSummary, TestBody } from '../../api.ts'
import { formatRoute, type Look } from '../route.ts'
import type { SentTest } from './sent-tests.ts'

const time = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' })

interface TestResultsProps {
  readonly sent: readonly SentTest[]
  readonly messages: readonly InboxSummary[] | undefined
  readonly look: Look
}

/** What became of the tests of an issue: the server's own words for each address. */
export function TestResults({ sent, messages, look }: TestResultsProps) {
  return (
    <section className="test-results" aria-label="Tests sent" aria-live="polite">
      {sent.map((test) => (
        <article key={test.at} className="sheet test-result">
          <header>
            <h2>{tellOutcome(test.body)}</h2>
            <p className="small">
              {`${time.format(new Date(test.at))}, as `}
              <bdi>{test.reader}</bdi>
              {test.body.transport === 'inbox' ? ', into the inbox here' : `, through ${test.body.place}`}
            </p>
          </header>
          <ul>
            {test.body.results.map((result) => (
              <Result key={result.to} result={result} link={findLink(test, result, messages, look)} />
            ))}
          </ul>
          {doesCount(test.body) ? null : (
            <p className="test-note">
              It does not count as the test that <code>letterpress send</code> asks for: that must go through the server
              which would send the issue.
            </p>
          )}
        </article>
      ))}
    </section>
  )
}

type TestResult = TestBody['results'][number]

const WORDS: Readonly<Record<TestResult['kind'], string>> = {
  accepted: 'Accepted',
  transient: 'Not now',
  permanent: 'Refused',
  server: 'No service',
  unknown: 'In doubt',
}

const MEANING: Readonly<Record<TestResult['kind'], string>> = {
  accepted: 'The server has taken it over.',
  transient: 'The server asks to try again later; a send would do so by itself.',
  permanent: 'The server does not take mail for this address.',
  server: 'The server takes no mail at all as things are: look at its settings and yours.',
  unknown: 'The connection broke before the server answered: it may or may not have arrived.',
}

function Result({ result, link }: { readonly result: TestResult; readonly link: string | undefined }) {
  const { to, kind, code, reply } = result
  return (
    <li className="test-line" data-kind={kind}>
      <span className="chip outcome" data-kind={kind} title={MEANING[kind]}>
        {WORDS[kind]}
      </span>
      <bdi className="test-to">{to}</bdi>
      {link === undefined ? null : (
        <a className="test-open" href={link}>
          Open in the inbox
        </a>
      )}
      <code className="reply">
        <VisuallyHidden component="span">The server said: </VisuallyHidden>
        {code !== undefined && !reply.startsWith(String(code)) ? `${code} ` : null}
        {reply}
      </code>
      {kind === 'accepted' ? null : <p className="small">{MEANING[kind]}</p>}
    </li>
  )
}

/** Whether it was taken, and yet does not let the issue be sent. */
function doesCount({ results, isRecorded }: TestBody): boolean {
  return isRecorded || results.every(({ kind }) => kind !== 'accepted')
}

function tellOutcome({ results }: TestBody): string {
  const taken = results.filter(({ kind }) => kind === 'accepted').length
  if (taken === results.length) return taken === 1 ? 'Sent' : `All ${taken} sent`
  return taken === 0 ? 'Nothing was sent' : `${taken} of ${results.length} sent`
}

/** Where the message is in the inbox, once it has come in. */
function findLink(
  { at, body }: SentTest,
  { to, kind }: TestResult,
  messages: readonly InboxSummary[] = [],
  look: Look,
): string | undefined {
  if (body.transport !== 'inbox' || kind !== 'accepted') return undefined
  // Newest first; what came after this test belongs to a later one.
  const id = messages.find((message) => message.to.includes(to) && message.date <= addMoment(at))?.id
  return id === undefined ? undefined : formatRoute({ page: 'inbox', id, tab: 'html', look })
}

function addMoment(at: string): string {
  return new Date(Date.parse(at) + 500).toISOString()
}
