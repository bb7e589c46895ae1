import type { IssueBody } from '../api.ts'
import { CopyLine } from './copy-line.tsx'
import { count } from './format.ts'
import { type Diagnostic, DiagnosticCard, type Finding, FindingCard } from './problem-card.tsx'

/** Everything that is wrong or could be better, worst first. */
export function Findings({ body: { diagnostics, findings, slug } }: { readonly body: IssueBody }) {
  const open = findings.filter(({ allowed }) => allowed === undefined)
  const allowed = findings.filter((finding) => finding.allowed !== undefined)
  const errors = { diagnostics: diagnostics.filter(isError), findings: open.filter(isError) }
  const warnings = { diagnostics: diagnostics.filter(isWarning), findings: open.filter(isWarning) }
  return (
    <div className="findings">
      {diagnostics.length + open.length === 0 ? <AllClear slug={slug} /> : null}
      <Group word="error" explanation="They keep the issue from being sent." {...errors} />
      <Group word="warning" explanation="Readers would be better off without them." {...warnings} />
      <Group word="accepted" explanation="The issue gives a reason for each." diagnostics={[]} findings={allowed} />
    </div>
  )
}

interface GroupProps {
  readonly word: 'error' | 'warning' | 'accepted'
  readonly explanation: string
  readonly diagnostics: readonly Diagnostic[]
  readonly findings: readonly Finding[]
}

function Group({ word, explanation, diagnostics, findings }: GroupProps) {
  const total = diagnostics.length + findings.length
  if (total === 0) return null
  return (
    <section>
      <h2>
        {word === 'accepted' ? `${total} accepted` : count(total, word)}
        <span>{explanation}</span>
      </h2>
      <ol className="cards">
        {diagnostics.map((diagnostic, index) => (
          <DiagnosticCard key={`d${index}`} diagnostic={diagnostic} />
        ))}
        {findings.map((finding, index) => (
          <FindingCard key={`f${index}`} finding={finding} />
        ))}
      </ol>
    </section>
  )
}

function AllClear({ slug }: { readonly slug: string }) {
  return (
    <div className="notice">
      <h2>Nothing to improve</h2>
      <p>Every check passed on the message as it would go out. Send yourself a test:</p>
      <CopyLine text={`npx letterpress test ${slug} --to you@example.com`} />
    </div>
  )
}

function isError({ severity }: { readonly severity: string }): boolean {
  return severity === 'error'
}

function isWarning(item: { readonly severity: string }): boolean {
  return !isError(item)
}
