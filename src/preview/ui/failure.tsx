import type { ErrorBody } from '../api.ts'

/** The server's own words, when it has no answer. */
export function Failure({ error }: ErrorBody) {
  return (
    <div className="notice" role="alert">
      <h2>This cannot be shown</h2>
      <p className="message">{error.message}</p>
      {error.hint ? <p className="remedy">{error.hint}</p> : null}
      <p className="small">
        The page tries again with the next change. <code>{error.code}</code>
      </p>
    </div>
  )
}
