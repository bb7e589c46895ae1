import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { AppError, openBrowser, packageRoot } from '../base/index.ts'
import type { Preview } from '../preview/index.ts'
import type { Inbox } from '../transport/index.ts'
import {
  type CommandContext,
  defineCommand,
  EXIT,
  type ExitCode,
  type OptionValues,
  textOption,
  portOption,
  untilStopped,
} from './command.ts'

const PORT = 4300
const HOST = '127.0.0.1'
const WARNING =
  'The studio listens beyond this machine: everybody on that network can open it, read the drafts and the list of readers, send tests, and pause, resume or cancel sends. Nothing asks for a password.'
/** Where mail catchers listen by custom; a free one when it is taken. */
const INBOX_PORT = 1025

export const dev = defineCommand({
  name: 'dev',
  summary: 'see issues as readers will, while you write',
  description:
    'Serves the studio: every issue as mail, text and message, with what the checks say, at once after each save. Its inbox takes mail over SMTP from any program on this machine; nothing leaves it. Ctrl-C ends.',
  options: [
    { flags: '--port <number>', summary: `port of the studio (${PORT})` },
    {
      flags: '--host <address>',
      summary: `address to listen on (${HOST}); anybody who reaches it sees drafts and readers, and can send tests`,
    },
    { flags: '--no-open', summary: 'do not open the browser' },
  ],
  examples: [
    { command: 'dev', does: 'write with the mail beside you' },
    { command: 'dev --port 4400 --no-open', does: 'a second one beside the first' },
  ],
  run: runDev,
})

async function runDev(context: CommandContext, _args: readonly string[], options: OptionValues): Promise<ExitCode> {
  const { terminal, root, signal } = context
  const port = portOption(options) ?? PORT
  const [{ inboxFolderOf, openApp }, { CONFIG_FILES }, { createStudio }, { startPreview }] = await Promise.all([
    import('../app.ts'),
    import('../config/index.ts'),
    import('../studio/index.ts'),
    import('../preview/index.ts'),
  ])
  // A broken configuration is for the page; none at all means the wrong folder.
  if (!CONFIG_FILES.some((name) => existsSync(join(root, name)))) await openApp(context)
  const inboxFolder = inboxFolderOf(root)
  let inboxAddress: string | undefined
  const sends = createSends(context)
  const studio = createStudio({ ...context, inboxFolder, inboxAddress: () => inboxAddress, goOn: sends.goOn })
  const preview = await startPreview(studio, { port, host: textOption(options, 'host') ?? HOST })
  // After the studio: mail takes longer to get ready, and the author waits for the page.
  const inbox = await openInbox(context, inboxFolder).catch(async (error: unknown) => {
    await preview.close()
    throw error
  })
  inboxAddress = `127.0.0.1:${inbox.port}`
  preview.refresh()
  announce(context, preview, inboxAddress)
  if (terminal.isInteractive && options['open'] !== false && !context.json) openBrowser(preview.url)
  await untilStopped(signal)
  await Promise.all([preview.close(), inbox.close(), sends.close()])
  return EXIT.done
}

/**
 * Goes on with sends that the author resumed in the studio, each in a process of its own: it has its own lock, and what
 * becomes of the studio is nothing to it. Ctrl-C ends both, after what is in flight.
 */
function createSends({ root, terminal }: CommandContext) {
  const running = new Set<{ readonly stop: () => void; readonly ended: Promise<void> }>()
  return {
    goOn: (slug: string) => {
      const args = [join(packageRoot, 'bin', 'letterpress.js'), '--root', root, '--quiet', 'resume', slug]
      const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'] })
      let words = ''
      child.stderr.setEncoding('utf8').on('data', (text: string) => (words += text))
      const ended = new Promise<void>((resolve) => {
        child.once('error', ({ message }) => {
          terminal.err(message)
          resolve()
        })
        child.once('close', () => resolve())
      })
      const send = { stop: () => void child.kill('SIGTERM'), ended }
      running.add(send)
      void ended.then(() => {
        running.delete(send)
        if (words.trim() !== '') terminal.err(words.trimEnd())
      })
    },
    close: async () => {
      const all = [...running]
      for (const { stop } of all) stop()
      await Promise.all(all.map(async ({ ended }) => await ended))
    },
  }
}

async function openInbox({ clock, terminal }: CommandContext, folder: string): Promise<Inbox> {
  const { startInbox } = await import('../transport/index.ts')
  try {
    return await startInbox({ folder, port: INBOX_PORT, clock })
  } catch (error) {
    const isTaken = error instanceof AppError && (error.cause as NodeJS.ErrnoException)?.code === 'EADDRINUSE'
    if (!isTaken) throw error
    terminal.err(terminal.errPaint.yellow(`Port ${INBOX_PORT} is taken, so the inbox listens on another one.`))
    return await startInbox({ folder, port: 0, clock })
  }
}

function announce({ terminal, json }: CommandContext, { url, outsideUrls, isOutside }: Preview, inbox: string): void {
  if (json) terminal.out(JSON.stringify({ version: 1, url, outsideUrls, inbox }))
  if (isOutside) terminal.err(terminal.errPaint.yellow(WARNING))
  if (json) return
  const { bold, dim, green } = terminal.paint
  terminal.out(`${green('Studio')}  ${bold(url)}`)
  for (const other of outsideUrls) terminal.out(`        ${bold(other)}  ${dim('from other machines')}`)
  terminal.out(`${green('Inbox')}   ${inbox}  ${dim('takes mail from any program on this machine')}`)
  terminal.note(terminal.errPaint.dim('\nSave a file in issues/ or emails/ and the page follows. Ctrl-C ends.'))
}
