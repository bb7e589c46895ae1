import { Fragment } from 'react'
import { formatOctets } from '../format-octets.ts'
import { Toolbar } from '../toolbar.tsx'
import type { IssueViewProps } from './types.ts'

const LINK = /(https?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]]|mailto:[^\s<>"]+)/

/** The text part, as wide as programs show it that know no HTML. */
export function TextView({ open: { body } }: IssueViewProps) {
  return body.mail ? <TextPart text={body.mail.text} /> : null
}

/** Text as programs show it that know no HTML, with its addresses to click on. */
export function TextPart({ text }: { readonly text: string }) {
  const lines = text.split('\n')
  const widest = lines.reduce((most, line) => Math.max(most, LINK.test(line) ? 0 : line.length), 0)
  return (
    <>
      <Toolbar label="About the text part">
        <span className="figures">
          {`${lines.length} lines, at most ${widest} columns without addresses, `}
          {formatOctets(new TextEncoder().encode(text).length)}
        </span>
      </Toolbar>
      <div className="content">
        <pre className="plain ruled" tabIndex={0} dir="auto" aria-label="Text part">
          {text.split(LINK).map((piece, index) =>
            index % 2 === 0 ? (
              <Fragment key={index}>{piece}</Fragment>
            ) : (
              <a key={index} href={piece} target="_blank" rel="noopener noreferrer">
                {piece}
              </a>
            ),
          )}
        </pre>
      </div>
    </>
  )
}
