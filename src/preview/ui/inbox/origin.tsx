import type { MessageBody } from '../../api.ts'
import { formatRoute, type InboxRoute } from '../route.ts'

type Authentication = MessageBody['authentication']
type Result = Authentication['results'][number]

const LOOKS: Readonly<Record<string, string>> = { pass: 'good', fail: 'error', permerror: 'error', softfail: 'warning' }

interface OriginChipsProps {
  readonly authentication: Authentication
  readonly route: InboxRoute
}

/** What can be said of where a message comes from, in a word each; the rest stands with the headers. */
export function OriginChips({ authentication: { results, isOverTls }, route }: OriginChipsProps) {
  return (
    <a className="origin-chips" href={formatRoute({ ...route, tab: 'headers' })} title="Where it comes from">
      {results.map((result, index) => (
        <span key={index} className={`chip origin-${lookOf(result)}`}>
          {`${result.method.toUpperCase()} ${result.result}`}
        </span>
      ))}
      {isOverTls === undefined ? null : <span className="chip">{isOverTls ? 'TLS' : 'No TLS'}</span>}
    </a>
  )
}

/** The same in sentences. */
export function Origin({ authentication: { results, isOverTls } }: { readonly authentication: Authentication }) {
  return (
    <section className="sheet origin" aria-labelledby="origin-name">
      <h2 id="origin-name">Where it comes from</h2>
      <ul>
        {results.map((result, index) => (
          <li key={index}>
            <span className={`chip origin-${lookOf(result)}`}>{`${result.method.toUpperCase()} ${result.result}`}</span>
            <span>
              {result.domain === undefined ? null : (
                <>
                  <code>{result.domain}</code>{' '}
                </>
              )}
              {result.detail}
            </span>
            <span className="origin-source">{result.source === 'here' ? 'seen here' : 'written by a server'}</span>
          </li>
        ))}
        {isOverTls === undefined ? null : (
          <li>
            <span className="chip">{isOverTls ? 'TLS' : 'No TLS'}</span>
            <span>{isOverTls ? 'Its last hop was encrypted.' : 'Its last hop was not encrypted.'}</span>
            <span className="origin-source">by its Received field</span>
          </li>
        )}
      </ul>
    </section>
  )
}

function lookOf({ result }: Result): string {
  return LOOKS[result] ?? 'plain'
}
