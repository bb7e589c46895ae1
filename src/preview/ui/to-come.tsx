/** Stands where a view will be. */
export function ToCome({ title }: { readonly title: string }) {
  return (
    <div className="content">
      <div className="notice">
        <h2>{title}</h2>
        <p>This view is not there yet.</p>
      </div>
    </div>
  )
}
