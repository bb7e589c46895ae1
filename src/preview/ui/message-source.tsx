import { Button } from '@mantine/core'
import { useEffect, useState } from 'react'

/** Characters of a body that are shown; more makes the page slow and is read by nobody. */
const MAX_SHOWN = 200_000

export interface Field {
  readonly name: string
  readonly value: string
}

/** A message as it goes over the wire: its header fields set apart, then the rest as it is. */
export function MessageSource({ url }: { readonly url: string }) {
  const raw = useText(url)
  if (raw === undefined) return <p className="loading">Putting the message together …</p>
  const end = raw.search(/\r?\n\r?\n/)
  const head = end < 0 ? raw : raw.slice(0, end)
  const body = end < 0 ? '' : raw.slice(end).replace(/^\s+/, '')
  return (
    <div className="source">
      <div className="source-head">
        <span>As it goes over the wire.</span>
        <Button component="a" href={url} download size="compact-sm" variant="default">
          Download .eml
        </Button>
      </div>
      <Fields fields={readFields(head)} />
      <pre className="body" tabIndex={0} aria-label="Body of the message">
        {body.length > MAX_SHOWN ? `${body.slice(0, MAX_SHOWN)}\n…` : body}
      </pre>
    </div>
  )
}

export function Fields({ fields }: { readonly fields: readonly Field[] }) {
  return (
    <dl className="fields">
      {fields.map(({ name, value }, index) => (
        <div key={index}>
          <dt>{name}</dt>
          <dd dir="auto">{value}</dd>
        </div>
      ))}
    </dl>
  )
}

/** @returns the text at an address; while a newer one is on its way, the older. */
function useText(url: string): string | undefined {
  const [text, setText] = useState<string>()
  useEffect(() => {
    const controller = new AbortController()
    fetch(url, { signal: controller.signal })
      .then(async (response) => setText(response.ok ? await response.text() : ''))
      // The address has changed meanwhile, or the server has gone, which the page says elsewhere.
      .catch(() => undefined)
    return () => controller.abort()
  }, [url])
  return text
}

/** RFC 5322 §2.2.3: a line that begins with white space goes on with the one before. */
function readFields(head: string): Field[] {
  return head
    .replaceAll(/\r?\n(?=[ \t])/g, '')
    .split(/\r?\n/)
    .map((line) => {
      const colon = line.indexOf(':')
      return { name: line.slice(0, Math.max(colon, 0)), value: line.slice(colon + 1).trim() }
    })
}
