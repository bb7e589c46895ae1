import { Button } from '@mantine/core'
import type { ErrorBody } from '../api.ts'
import { getState, go } from './store.ts'

/** The server's own words, when it has no answer. */
export function Failure({ error }: ErrorBody) {
  return (
    <div className="notice" role="alert">
      <h2>This cannot be shown</h2>
      <p className="message">{error.message}</p>
      {error.hint ? <p className="remedy">{error.hint}</p> : null}
      <WayOut code={error.code} />
      <p className="small">
        <code>{error.code}</code>
      </p>
    </div>
  )
}

/** What the author can do about it here. */
function WayOut({ code }: { readonly code: string }) {
  switch (code) {
    case 'preview/no-reader':
      return (
        <Button className="way-out" size="xs" variant="default" onClick={showAsFirst}>
          Show it as the first reader
        </Button>
      )
    case 'preview/no-issue':
      return (
        <Button className="way-out" size="xs" variant="default" component="a" href="#/issues">
          Open the newest issue
        </Button>
      )
    case 'preview/stale-page':
      return (
        <Button className="way-out" size="xs" variant="default" onClick={() => location.reload()}>
          Load the page again
        </Button>
      )
    default:
      return <p className="small">The page tries again with the next change.</p>
  }
}

function showAsFirst(): void {
  const { route } = getState()
  go({ ...route, look: { ...route.look, reader: undefined } })
}
