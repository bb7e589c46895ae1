import type { App } from '../../app.ts'
import { AppError } from '../../base/index.ts'
import { otherTransport, rehearsed, type Run, serverRefuses } from '../../delivery/index.ts'
import type { Transport } from '../../transport/index.ts'
import { EXIT, type ExitCode } from '../command.ts'
import type { SendJob } from './job.ts'

/** Logs in before anything is frozen or sent. @throws AppError `delivery/server-refuses` */
export async function withTransport(
  { app, context, terminal }: SendJob,
  work: (transport: Transport) => Promise<ExitCode>,
): Promise<ExitCode> {
  const { signal } = context
  const transport = await app.openTransport()
  const cut = () => transport.destroy()
  try {
    signal.addEventListener('abort', cut, { once: true })
    const { kind, text } = await transport.probe()
    signal.removeEventListener('abort', cut)
    if (signal.aborted) {
      terminal.err('Nothing was sent.')
      return EXIT.interrupted
    }
    if (kind !== 'accepted') {
      throw new AppError(serverRefuses.code, serverRefuses.message(transport.place, text), {
        kind: 'environment',
        hint: serverRefuses.hint(),
      })
    }
    return await work(transport)
  } finally {
    await transport.close()
  }
}

/**
 * Whether this process sends over what the run was approved for. A rehearsal must not go on over SMTP: its readers would
 * get what was never approved for them; nor a real send into the inbox: they would count as served.
 */
export function hasItsTransport({ config }: Pick<App, 'config'>, { transport }: Run): boolean {
  return (transport === 'inbox') === (config.smtp.url === undefined)
}

/** @throws AppError `delivery/other-transport`, `delivery/rehearsal` */
export function assertTransport({ app }: Pick<SendJob, 'app'>, run: Run): void {
  if (hasItsTransport(app, run)) return
  const { code, message, hint } = run.transport === 'inbox' ? rehearsed : otherTransport
  throw new AppError(code, message(run.issueId), { kind: 'usage', hint: hint(run.slug) })
}
