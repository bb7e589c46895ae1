import { TextInput } from '@mantine/core'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { formatOctets } from '../format-octets.ts'
import { Toolbar } from '../toolbar.tsx'
import { Message } from './message.tsx'
import { type Finds, useFinds } from './source-search.ts'
import type { IssueViewProps } from './types.ts'

/** The HTML of the mail as it travels. `at`: a line, from 1. */
export function SourceView({ open, route }: IssueViewProps) {
  return <Message open={open}>{({ html }) => <Source html={html} line={Number(route.at ?? 0)} />}</Message>
}

function Source({ html, line }: { readonly html: string; readonly line: number }) {
  const list = useRef<HTMLDivElement>(null)
  const [words, setWords] = useState('')
  const [wraps, setWraps] = useState(true)
  const finds = useFinds(list, words, html)
  useEffect(() => {
    list.current?.children[line - 1]?.scrollIntoView({ block: 'center' })
  }, [line])
  return (
    <>
      <Toolbar label="Search in the source">
        <Search words={words} onWords={setWords} {...finds} />
        <label className="tick">
          <input type="checkbox" checked={wraps} onChange={({ currentTarget }) => setWraps(currentTarget.checked)} />
          Wrap lines
        </label>
        <span className="figures">{formatOctets(new TextEncoder().encode(html).length)}</span>
      </Toolbar>
      <div className="content">
        <div
          className="code numbered"
          ref={list}
          role="region"
          tabIndex={0}
          aria-label="HTML of the mail"
          data-wraps={wraps || undefined}
        >
          {html.split('\n').map((text, index) => (
            <div key={index} className="wire" data-marked={index === line - 1 || undefined}>
              {text}
            </div>
          ))}
        </div>
      </div>
    </>
  )
}

interface SearchProps extends Finds {
  readonly words: string
  readonly onWords: (words: string) => void
}

function Search({ words, onWords, total, current, step }: SearchProps) {
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') step(event.shiftKey ? -1 : 1)
    else if (event.key === 'Escape' && words !== '') onWords('')
    else return
    event.preventDefault()
  }
  return (
    <>
      <TextInput
        className="find"
        size="xs"
        type="search"
        aria-label="Search in the HTML"
        placeholder="Search in the HTML"
        value={words}
        onChange={({ currentTarget }) => onWords(currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <button type="button" className="step" aria-label="Previous" disabled={total === 0} onClick={() => step(-1)}>
        ↑
      </button>
      <button type="button" className="step" aria-label="Next" disabled={total === 0} onClick={() => step(1)}>
        ↓
      </button>
      <span className="figures finds" role="status">
        {words === '' ? '' : total === 0 ? 'Not found' : `${current + 1} of ${total}`}
      </span>
    </>
  )
}
