import type { App } from '../../app.ts'
import { AppError } from '../../base/index.ts'
import { otherTransport, rehearsed, type Run, serverRefuses } from '../../delivery/index.ts'
import type { Attempt, Transport } from '../../transport/index.ts'
import type { ExitCode } from '../command.ts'
import type { SendJob } from './job.ts'
import { breakOff } from './levers.ts'
import { shortenWords } from './shorten-words.ts'

/** Logs in before anything is frozen or sent. @throws AppError `delivery/server-refuses` */
export async function withTransport(
  job: SendJob,
  issueId: string,
  work: (transport: Transport) => Promise<ExitCode>,
): Promise<ExitCode> {
  const { app, context } = job
  const transport = await app.openTransport()
  try {
    const answer = await probe(transport, context.signal)
    if (!answer) return await breakOff(job, issueId)
    if (answer.kind !== 'accepted') {
      throw new AppError(serverRefuses.code, serverRefuses.message(transport.place, shortenWords(answer)), {
        kind: 'environment',
        hint: serverRefuses.hint(),
      })
    }
    return await work(transport)
  } finally {
    await transport.close()
  }
}

/** Asks the server whether it would take mail. @returns undefined when the command is to stop meanwhile. */
export async function probe(transport: Transport, signal: AbortSignal): Promise<Attempt | undefined> {
  if (signal.aborted) return undefined
  const cut = () => transport.destroy()
  signal.addEventListener('abort', cut, { once: true })
  try {
    const answer = await transport.probe()
    return signal.aborted ? undefined : answer
  } finally {
    signal.removeEventListener('abort', cut)
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
