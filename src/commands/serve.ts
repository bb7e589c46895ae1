import { messageOf } from '../base/index.ts'
import {
  type CommandContext,
  defineCommand,
  EXIT,
  type ExitCode,
  type OptionValues,
  portOption,
  textOption,
  untilStopped,
} from './command.ts'

const PORT = 8080
const HOST = '127.0.0.1'

export const serve = defineCommand({
  name: 'serve',
  summary: 'serve the public pages, and start what is scheduled',
  description:
    'Answers under `url`: the unsubscribe page, one-click unsubscribe (RFC 8058), sent issues to read online, /healthz. It also starts scheduled sends when their time comes, and sends again what a server deferred, when no other process does: one send after the other, because they share the limits. Put it behind a web server that brings https. Ctrl-C ends it.',
  options: [
    { flags: '--port <port>', summary: `where to listen (default: ${PORT})` },
    { flags: '--host <address>', summary: `on which address (default: ${HOST})` },
  ],
  examples: [
    { command: 'serve', does: 'on 127.0.0.1:8080, for a web server on the same machine' },
    { command: 'serve --host 0.0.0.0 --port 80', does: 'on every address of this machine' },
  ],
  run: runServe,
})

async function runServe(context: CommandContext, _args: readonly string[], options: OptionValues): Promise<ExitCode> {
  const [{ openApp }, { createPublicServices }, { startServer }, { pickUpRuns }] = await Promise.all([
    import('../app.ts'),
    import('../public-site.ts'),
    import('../server/index.ts'),
    import('./delivery/pick-up.ts'),
  ])
  const port = portOption(options) ?? PORT
  const host = textOption(options, 'host') ?? HOST
  const app = await openApp(context)
  const db = await app.openStore()
  try {
    const server = await startServer(createPublicServices(app, db), {
      port,
      host,
      onError: (error) => context.terminal.err(`A request failed, nothing was changed: ${messageOf(error)}`),
    })
    const address = `http://${host.includes(':') ? `[${host}]` : host}:${server.port}`
    const { terminal } = context
    if (context.json) terminal.out(JSON.stringify({ version: 1, url: address, port: server.port }))
    else terminal.out(`Public pages: ${terminal.paint.bold(address)}`)
    if (!app.config.url) terminal.note('No `url` is set, so no mail leads here: readers unsubscribe by mail.')
    else if (app.config.url !== address)
      terminal.note(`Mails lead to ${app.config.url}; let it pass requests on to this address.`)
    // The pages stay while what is in flight ends.
    await Promise.all([untilStopped(context.signal), pickUpRuns({ context, app, db })])
    await server.close()
    return EXIT.done
  } finally {
    await db.close()
  }
}
