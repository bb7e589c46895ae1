import type { RunBody } from '../../api.ts'
import { formatNumber } from '../figures.ts'
import { explainReply, nameReply } from './words.ts'

/** What servers said besides yes, most frequent first. */
export function Replies({ replies }: Pick<RunBody, 'replies'>) {
  return (
    <section className="sheet replies" aria-labelledby="replies-name">
      <h2 id="replies-name">Replies</h2>
      {replies.length === 0 ? (
        <p className="small">Nothing but yes.</p>
      ) : (
        <table>
          <thead>
            <tr>
              <th scope="col">Kind</th>
              <th scope="col">Code</th>
              <th scope="col">What it says</th>
              <th scope="col" className="number">
                How often
              </th>
            </tr>
          </thead>
          <tbody>
            {replies.map(({ kind, code, count }) => (
              <tr key={`${kind} ${code ?? ''}`}>
                <td>
                  <span className="chip outcome" data-kind={kind}>
                    {nameReply(kind)}
                  </span>
                </td>
                <td>
                  <code>{code ?? '–'}</code>
                </td>
                <td>{explainReply(kind, code)}</td>
                <td className="number">{formatNumber(count)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}
