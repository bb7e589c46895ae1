import type { TreeBody } from '../../api.ts'

const octets = new Intl.NumberFormat('en')

interface ScaleProps {
  readonly tree: Pick<TreeBody, 'totalBytes' | 'warnBytes' | 'limitBytes'>
}

/** How far the mail is on the way to Gmail's limit. */
export function Scale({ tree: { totalBytes, warnBytes, limitBytes } }: ScaleProps) {
  const load = totalBytes > limitBytes ? 'error' : totalBytes >= warnBytes ? 'warning' : 'good'
  const end = Math.max(limitBytes * 1.1, totalBytes)
  const at = (bytes: number) => `${(bytes / end) * 100}%`
  return (
    <section className={`scale ${load}`} aria-label="Weight of the mail">
      <p className="scale-total">
        <strong>{octets.format(totalBytes)}</strong>
        {` of ${octets.format(limitBytes)} octets`}
        <span className="scale-word">{sayLoad(totalBytes, warnBytes, limitBytes)}</span>
      </p>
      <div className="scale-bar" aria-hidden="true">
        <span className="scale-fill" style={{ width: at(totalBytes) }} />
        <span className="scale-mark" style={{ left: at(warnBytes) }}>
          <span>
            {octets.format(warnBytes)}
            <small> warning</small>
          </span>
        </span>
        <span className="scale-mark limit" style={{ left: at(limitBytes) }}>
          <span>
            {octets.format(limitBytes)}
            <small> clipped</small>
          </span>
        </span>
      </div>
      <p className="small">
        Gmail shows about the first 102,000 octets of a mail’s HTML and hides the rest behind a link, the link to
        unsubscribe with it. Counted is the HTML as the wire carries it; images do not count.
      </p>
    </section>
  )
}

function sayLoad(totalBytes: number, warnBytes: number, limitBytes: number): string {
  if (totalBytes > limitBytes) return `${octets.format(totalBytes - limitBytes)} too many: Gmail cuts this mail off`
  const room = `room for ${octets.format(limitBytes - totalBytes)} more`
  return totalBytes >= warnBytes ? `Close to the limit, ${room}` : `Light enough, ${room}`
}
