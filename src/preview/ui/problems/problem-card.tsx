import { Badge } from '@mantine/core'
import { openInEditor } from '../editor.ts'
import { showInMail } from './show-in-mail.ts'
import type { Problem } from './problem.ts'
import { linkReference } from './references.ts'
import { Words } from './words.tsx'

const WORDS = { error: 'error', warning: 'warning', accepted: 'accepted', seen: 'seen in the page' } as const

interface ProblemCardProps {
  readonly problem: Problem
  /** For a narrow column: what is longer is folded away. */
  readonly isCompact?: boolean
  /** Whether there is a mail to show its place in. */
  readonly hasMail?: boolean
}

/** One problem: what, where, why, and what to do about it. */
export function ProblemCard({ problem, isCompact = false, hasMail = false }: ProblemCardProps) {
  const { look, code, message, remedy, allowed } = problem
  return (
    <li className={`card ${look}`} data-code={code}>
      <p className="card-head">
        <Badge className={`chip ${look}`} size="sm" variant="light" color="gray" component="span">
          {WORDS[look]}
        </Badge>
        <code>{code}</code>
      </p>
      <p className="message">
        <Words text={message} />
      </p>
      <Places problem={problem} hasMail={hasMail} />
      {isCompact ? null : <Lines problem={problem} />}
      {allowed === undefined ? null : <p className="remedy">{`Accepted: ${allowed}`}</p>}
      {allowed === undefined && remedy ? (
        <p className="remedy">
          <Words text={remedy} />
        </p>
      ) : null}
      {isCompact ? <Folded problem={problem} /> : <Background problem={problem} />}
    </li>
  )
}

/** Where it is: in the mail, and in the file. */
function Places({ problem, hasMail }: { readonly problem: Problem; readonly hasMail: boolean }) {
  const { file, range, mail, seenIn } = problem
  const isShown = hasMail && (mail?.anchor !== undefined || mail?.words !== undefined)
  return (
    <p className="place">
      {isShown ? (
        <button type="button" className="to-mail" onClick={() => showInMail(problem)}>
          Show in the mail
        </button>
      ) : null}
      {file === undefined ? null : <FilePlace file={file} range={range} />}
      {!range && mail?.part && !isShown ? <span>{`In the ${PARTS[mail.part]}`}</span> : null}
      {seenIn === undefined ? null : <span>{seenIn}</span>}
    </p>
  )
}

const PARTS = { html: 'HTML', text: 'text', headers: 'headers', message: 'message' } as const

function FilePlace({ file, range }: { readonly file: string; readonly range: Problem['range'] }) {
  const place = range ? { file, line: range.start.line, column: range.start.column } : { file }
  const words = range ? `${file}:${range.start.line}:${range.start.column}` : file
  return (
    <button type="button" className="to-file" title="Open in the editor" onClick={() => void openInEditor(place)}>
      <code>{words}</code>
    </button>
  )
}

// Wide ones scroll, and must do so without a mouse.
function Lines({ problem: { frame } }: { readonly problem: Problem }) {
  return frame ? (
    <pre className="frame" tabIndex={0}>
      {frame}
    </pre>
  ) : null
}

function Folded({ problem }: { readonly problem: Problem }) {
  const { frame, why, reference } = problem
  if (!frame && !why && !reference) return null
  return (
    <details className="background">
      <summary>More</summary>
      <Lines problem={problem} />
      <Background problem={problem} />
    </details>
  )
}

/** Why the check exists, and who says so. */
function Background({ problem: { why, reference } }: { readonly problem: Problem }) {
  return (
    <>
      {why ? (
        <p className="small why">
          <Words text={why} />
        </p>
      ) : null}
      {reference ? (
        <p className="small">
          {'Source: '}
          {linkReference(reference).map(({ text, url }, index) =>
            url === undefined ? (
              text
            ) : (
              <a key={index} href={url} target="_blank" rel="noopener noreferrer">
                {text}
              </a>
            ),
          )}
        </p>
      ) : null}
    </>
  )
}
