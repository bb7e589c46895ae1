import { CopyLine } from '../copy-line.tsx'
import type { IssueViewProps } from './types.ts'

/** Sends a test of the issue. */
export function TestView({ open: { slug } }: IssueViewProps) {
  return (
    <div className="content">
      <div className="notice">
        <h2>Send a test</h2>
        <p>In a terminal, in the folder of the newsletter:</p>
        <CopyLine text={`npx letterpress test ${slug} --to you@example.com`} />
        <p className="small">
          It is the message that readers would get, byte for byte, but its links change nothing. Without SMTP settings
          it stays on this machine and appears in the inbox here.
        </p>
      </div>
    </div>
  )
}
