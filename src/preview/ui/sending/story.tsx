import type { RunBody } from '../../api.ts'
import { tellStep } from './words.ts'

const time = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' })

/** What was done with a send, and who is at it. */
export function Story({ run }: { readonly run: RunBody }) {
  const { story, runner, segment, forced, hash, finishedAt } = run
  return (
    <section className="sheet story" aria-labelledby="story-name">
      <h2 id="story-name">What happened</h2>
      <ol>
        {story.map((step, index) => {
          const { name, more } = tellStep(step)
          return <Step key={index} at={step.at} name={name} more={more} />
        })}
        {finishedAt === undefined || run.state !== 'finished' ? null : (
          <Step at={finishedAt} name="Finished" more="nothing is left to send" />
        )}
      </ol>
      <dl className="plan-facts">
        <div>
          <dt>Sent by</dt>
          <dd>
            {runner
              ? `Process ${runner.pid} on ${runner.host}, since ${time.format(new Date(runner.since))}`
              : 'No process at the moment'}
          </dd>
        </div>
        <div>
          <dt>Way</dt>
          <dd>{run.transport === 'inbox' ? 'Into the inbox here: a rehearsal' : run.transport.toUpperCase()}</dd>
        </div>
        <div>
          <dt>Readers</dt>
          <dd>{segment === '' ? 'The whole list' : <code>{segment}</code>}</dd>
        </div>
        {forced.length === 0 ? null : (
          <div>
            <dt>Overridden</dt>
            <dd>{forced.join(', ')}</dd>
          </div>
        )}
        <div>
          <dt>Content</dt>
          <dd>
            <code title={hash}>{hash.slice(0, 12)}</code>
          </dd>
        </div>
      </dl>
    </section>
  )
}

function Step({ at, name, more }: { readonly at: string; readonly name: string; readonly more: string }) {
  return (
    <li>
      <time dateTime={at}>{time.format(new Date(at))}</time>
      <b>{name}</b>
      {more === '' ? null : <span>{more}</span>}
    </li>
  )
}
