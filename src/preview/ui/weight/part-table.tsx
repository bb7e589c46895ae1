import type { WeighedPart } from './parts.ts'
import { formatPlace } from '../frames/place.ts'
import { formatRoute, type IssueRoute } from '../route.ts'

const octets = new Intl.NumberFormat('en')

interface PartTableProps {
  readonly parts: readonly WeighedPart[]
  readonly route: IssueRoute
}

/** Every part of the mail with its share: bars for the eye, a table for the ear. */
export function PartTable({ parts, route }: PartTableProps) {
  const most = Math.max(...parts.map(({ share }) => share), 0.01)
  return (
    <table className="parts">
      <caption className="small">Octets of each part, its share of the HTML, and where it is in the mail.</caption>
      <thead>
        <tr>
          <th scope="col">Part</th>
          <td aria-hidden="true" />
          <th scope="col" className="number">
            Octets
          </th>
          <th scope="col" className="number">
            Share
          </th>
        </tr>
      </thead>
      <tbody>
        {parts
          .flatMap((part) => [part, ...part.parts])
          .map((part) => (
            <PartRow key={part.key} part={part} most={most} route={route} />
          ))}
      </tbody>
    </table>
  )
}

interface PartRowProps {
  readonly part: WeighedPart
  /** The largest share, which fills its bar. */
  readonly most: number
  readonly route: IssueRoute
}

function PartRow({ part: { kind, number, title, anchor, bytes, share }, most, route }: PartRowProps) {
  const name = (
    <>
      {number === undefined ? null : <span className="part-number">{number}</span>}
      <bdi>{title}</bdi>
    </>
  )
  return (
    <tr className={`part-${kind}`}>
      <th scope="row">
        {anchor === undefined ? (
          <span className="part-name">{name}</span>
        ) : (
          <a
            className="part-name"
            href={formatRoute({ ...route, view: 'mail', at: formatPlace({ anchor }) })}
            title="Show in the mail"
          >
            {name}
          </a>
        )}
      </th>
      <td aria-hidden="true" className="part-bar">
        <span style={{ width: `${(share / most) * 100}%` }} />
      </td>
      <td className="number">{octets.format(bytes)}</td>
      <td className="number">{`${(share * 100).toFixed(1)} %`}</td>
    </tr>
  )
}
