import type { PlanBody } from '../../api.ts'
import { formatRoute, type IssueRoute } from '../route.ts'

interface RefusalsProps {
  readonly plan: PlanBody
  readonly route: IssueRoute
}

/** Which view mends what `send` refuses. */
const VIEWS: Readonly<Record<string, { readonly view: string; readonly words: string }>> = {
  errors: { view: 'findings', words: 'Show the findings' },
  unreadable: { view: 'findings', words: 'Show the findings' },
  untested: { view: 'test', words: 'Send a test' },
}

/** Why `letterpress send` would do nothing. */
export function Refusals({ plan: { refusals }, route }: RefusalsProps) {
  return (
    <ul className="refusals">
      {refusals.map(({ kind, text, canForce }) => {
        const way = VIEWS[kind]
        return (
          <li key={kind}>
            <p>
              <Ticked text={text} />
            </p>
            <p className="refusal-foot">
              {way ? <a href={formatRoute({ ...route, view: way.view, at: undefined })}>{way.words}</a> : null}
              {canForce ? (
                <span>
                  <code>--force</code> overrides it, and the ledger keeps that
                </span>
              ) : null}
            </p>
          </li>
        )
      })}
    </ul>
  )
}

/** Words between backticks as code. */
function Ticked({ text }: { readonly text: string }) {
  return text
    .split('`')
    .map((piece, index) => (index % 2 === 0 ? <span key={index}>{piece}</span> : <code key={index}>{piece}</code>))
}
