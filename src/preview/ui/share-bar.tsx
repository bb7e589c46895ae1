interface ShareBarProps {
  /** For those who do not see it. */
  readonly label: string
  readonly parts: readonly { readonly kind: string; readonly count: number }[]
}

/** A bar that is divided as a whole is; colours by kind: styles/sending.css. */
export function ShareBar({ label, parts }: ShareBarProps) {
  return (
    <div className="share-bar" role="img" aria-label={label}>
      {parts
        .filter(({ count }) => count > 0)
        .map(({ kind, count }) => (
          <span key={kind} data-kind={kind} style={{ flexGrow: count }} />
        ))}
    </div>
  )
}
