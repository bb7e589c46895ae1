import { CopyLine } from '../copy-line.tsx'
import { useTestMemory } from '../test/sent-tests.ts'
import { TestForm } from '../test/test-form.tsx'
import { TestResults } from '../test/test-results.tsx'
import type { IssueViewProps } from './types.ts'

/** Sends a test of the issue, and shows what the server said. */
export function TestView({ open: { body, slug }, route, state: { studio, messages } }: IssueViewProps) {
  const { to, sent } = useTestMemory()
  const { mail } = body
  const mine = sent.filter((test) => test.slug === slug)
  if (!mail) return null
  const as = mail.reader.kind === 'fixture' && route.look.reader !== undefined ? ` --as ${mail.reader.email}` : ''
  return (
    <div className="content test-view">
      <TestForm mail={mail} route={route} slug={slug} studio={studio} />
      <div className="test-side">
        {mine.length > 0 ? <TestResults sent={mine} messages={messages} look={route.look} /> : <About />}
        <div className="test-terminal">
          <p className="small">The same in a terminal:</p>
          <CopyLine text={`npx letterpress test ${slug} --to ${to.join(',') || 'you@example.com'}${as}`} />
        </div>
      </div>
    </div>
  )
}

function About() {
  return (
    <div className="test-about">
      <h2>What a test is</h2>
      <p>
        The message that this reader would get, byte for byte, but its links change nothing: nobody is unsubscribed by a
        click in a test.
      </p>
      <p>
        Once the server that would send the issue has taken it, the issue counts as tested as it is now, which{' '}
        <code>letterpress send</code> asks for. After the next change of content it is a draft again.
      </p>
    </div>
  )
}
