import { Badge } from '@mantine/core'
import type { IssueBody } from '../api.ts'

export type Diagnostic = IssueBody['diagnostics'][number]
export type Finding = IssueBody['findings'][number]

export function DiagnosticCard({ diagnostic }: { readonly diagnostic: Diagnostic }) {
  const { severity, code, message, hint, frame } = diagnostic
  return (
    <Card look={severity} code={code}>
      <p className="message">{message}</p>
      <Place {...diagnostic} />
      {frame ? <Frame text={frame} /> : null}
      {hint ? <p className="remedy">{hint}</p> : null}
    </Card>
  )
}

export function FindingCard({ finding }: { readonly finding: Finding }) {
  const { severity, rule, message, remedy, reference, frame, excerpt, allowed } = finding
  const shown = frame || excerpt
  return (
    <Card look={allowed === undefined ? severity : 'accepted'} code={rule}>
      <p className="message">{message}</p>
      <Place {...finding} />
      {shown ? <Frame text={shown} /> : null}
      <p className="remedy">{allowed === undefined ? remedy : `Accepted: ${allowed}`}</p>
      {reference ? <p className="small">{reference}</p> : null}
    </Card>
  )
}

interface CardProps {
  readonly look: 'error' | 'warning' | 'accepted'
  readonly code: string
  readonly children: React.ReactNode
}

function Card({ look, code, children }: CardProps) {
  return (
    <li className={`card ${look}`}>
      <p className="card-head">
        <Badge className={`chip ${look}`} size="sm" variant="light" color="gray" component="span">
          {look}
        </Badge>
        <code>{code}</code>
      </p>
      {children}
    </li>
  )
}

function Place({ file, range, part }: Pick<Diagnostic, 'file' | 'range'> & Pick<Finding, 'part'>) {
  const where = range ? `${file}:${range.start.line}:${range.start.column}` : file
  return (
    <p className="place">
      <code>{where}</code>
      {part && !range ? ` in the ${part}` : null}
    </p>
  )
}

// Wide ones scroll, and must do so without a mouse.
function Frame({ text }: { readonly text: string }) {
  return (
    <pre className="frame" tabIndex={0}>
      {text}
    </pre>
  )
}
