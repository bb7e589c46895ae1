import type { IssueBody } from '../api.ts'
import { count } from './format.ts'
import { fromDiagnostic } from './problems/problem.ts'
import { ProblemCard } from './problems/problem-card.tsx'

/** Stands over the mail while its file is broken. */
export function Broken({ body: { diagnostics, file, mail } }: { readonly body: IssueBody }) {
  if (mail && !mail.isStale) return null
  const errors = diagnostics.filter(({ severity }) => severity === 'error')
  const shown = errors.length > 0 ? errors : diagnostics
  const said = shown.length > 0 ? `${count(shown.length, 'problem')} in ${file}` : `${file} cannot be built`
  return (
    <div className="over">
      <details className="broken" open>
        <summary>
          <strong>{said}</strong>
          <span>
            {mail
              ? 'Below is the last version that could be built.'
              : 'It has not been built since the preview started.'}
          </span>
        </summary>
        <ol className="cards" tabIndex={0} aria-label="Problems">
          {shown.map((diagnostic, index) => (
            <ProblemCard key={index} problem={fromDiagnostic(diagnostic)} />
          ))}
        </ol>
      </details>
    </div>
  )
}
