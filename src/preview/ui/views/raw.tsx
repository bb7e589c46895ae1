import { useMemo, useRef } from 'react'
import { formatOctets } from '../format-octets.ts'
import { Toolbar } from '../toolbar.tsx'
import { Download, Message } from './message.tsx'
import { readWire, type WireLine } from './raw-lines.ts'
import type { IssueViewProps } from './types.ts'

/** More lines make the page slow and are read by nobody. */
const MAX_LINES = 8_000
const CHUNK = 200

/** The message as it goes over the wire. */
export function RawView({ open }: IssueViewProps) {
  return <Message open={open}>{(message) => <Raw {...message} />}</Message>
}

interface RawProps {
  readonly raw: string
  readonly rawUrl: string
  readonly sizeBytes: number
}

/** A message, line by line. */
export function Raw({ raw, rawUrl, sizeBytes }: RawProps) {
  const { lines, parts } = useMemo(() => readWire(raw), [raw])
  const list = useRef<HTMLDivElement>(null)
  const leadTo = (line: number) => {
    list.current?.querySelectorAll('.wire')[line]?.scrollIntoView({ block: 'start' })
  }
  return (
    <>
      <Toolbar label="About the message">
        <span className="figures">{`${formatOctets(sizeBytes)} in ${lines.length} lines`}</span>
        {parts.map(({ type, line, octets }) => (
          <button key={line} type="button" className="chip part" onClick={() => leadTo(line)}>
            {`${type}, ${formatOctets(octets)}`}
          </button>
        ))}
        <Download url={rawUrl} />
      </Toolbar>
      <div className="content">
        <div className="code" ref={list} role="region" tabIndex={0} aria-label="The message as it is sent">
          {chunk(lines.slice(0, MAX_LINES)).map((part, index) => (
            <div className="chunk" key={index}>
              {part.map(({ kind, text }, at) => (
                <div key={at} className="wire" data-kind={kind}>
                  {kind === 'soft' ? (
                    <>
                      {text.slice(0, -1)}
                      <b>=</b>
                    </>
                  ) : (
                    text
                  )}
                </div>
              ))}
            </div>
          ))}
          {lines.length > MAX_LINES ? <p className="small">The rest is in the file.</p> : null}
        </div>
      </div>
    </>
  )
}

function chunk(lines: readonly WireLine[]): readonly (readonly WireLine[])[] {
  return Array.from({ length: Math.ceil(lines.length / CHUNK) }, (_, index) =>
    lines.slice(index * CHUNK, (index + 1) * CHUNK),
  )
}
