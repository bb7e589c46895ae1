import { randomBytes } from 'node:crypto'
import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { AppError, messageOf } from '../base/index.ts'
import { errorBody } from './bodies.ts'
import { cannotListen, portInUse, refused, stalePage } from './errors.ts'
import { createEventStreams, type EventStreams } from './event-stream.ts'
import { bracket, isLoopback, listHosts, listOutsideUrls, type Refusal, refuse } from './guard.ts'
import { createLastGood } from './last-good.ts'
import { createLive, type Live } from './live.ts'
import { COMMON_HEADERS, DATA_POLICY } from './policy.ts'
import { createRoutes } from './routes.ts'
import type { StudioServices, Watcher } from './services.ts'
import { loadUi } from './ui-files.ts'

/** Where the preview listens. */
export interface PreviewOptions {
  /** 0: a free port. */
  readonly port: number
  /** `127.0.0.1` unless the author asked for another; the address joins the list of hosts that are answered. */
  readonly host: string
}

/** A preview that runs. */
export interface Preview {
  /** For a browser on this machine; without a final slash. */
  readonly url: string
  /** Where other machines reach it; empty when it listens for this one only. */
  readonly outsideUrls: readonly string[]
  /** Whether it listens beyond this machine. */
  readonly isOutside: boolean
  readonly port: number
  /** What actions carry; the page has it in a `meta` element. */
  readonly token: string
  /** Looks at what `describe` says again, and tells the pages. */
  refresh(): void
  /** Ends all streams and connections, and the watcher. */
  close(): Promise<void>
}

/**
 * Starts the studio: a page and the JSON behind it. What would change or send something needs the page's token.
 *
 * @throws AppError `preview/port-in-use`, `preview/cannot-listen`
 */
export async function startPreview(services: StudioServices, { port, host }: PreviewOptions): Promise<Preview> {
  // Built meanwhile when it is missing; whoever asks for the page hears why when it cannot be.
  loadUi().catch(() => undefined)
  const token = randomBytes(32).toString('base64url')
  const streams = createEventStreams()
  const lastGood = createLastGood()
  const live = createLive({ services, streams, lastGood })
  const listener = getRequestListener(createRoutes({ services, streams, lastGood, live, token }).fetch, {
    overrideGlobalObjects: false,
  })
  let hosts: ReadonlySet<string> = new Set()
  const server = createServer((request, response) => {
    const refusal = refuse(request, { hosts, token })
    if (refusal) sendRefusal(response, refusal)
    else void listener(request, response)
  })
  await listen(server, port, host)
  const actualPort = (server.address() as AddressInfo).port
  hosts = listHosts(host, actualPort)
  const watcher = watch(services, { streams, live, server })
  return {
    url: `http://${browserHost(host)}:${actualPort}`,
    outsideUrls: listOutsideUrls(host, actualPort),
    isOutside: !isLoopback(host),
    port: actualPort,
    token,
    refresh: () => live.onChange({ kind: 'config' }),
    close: async () => {
      streams.close()
      await Promise.all([watcher.close(), closeServer(server)])
    },
  }
}

interface Told {
  readonly streams: EventStreams
  readonly live: Live
  readonly server: Server
}

function watch(services: StudioServices, { streams, live, server }: Told): Watcher {
  try {
    return services.watch(
      (change) => {
        streams.send(change)
        live.onChange(change)
      },
      (error) => streams.warn(errorBody(error.code, error.message, error.hint)),
    )
  } catch (error) {
    streams.close()
    server.close()
    throw error
  }
}

function sendRefusal(response: ServerResponse, { status, message, isStale }: Refusal): void {
  const allow = status === 405 ? { Allow: 'GET, HEAD' } : {}
  // A body that was sent along is not read.
  const headers = { ...COMMON_HEADERS, ...allow, 'Content-Security-Policy': DATA_POLICY, Connection: 'close' }
  response.writeHead(status, { ...headers, 'Content-Type': 'application/json' })
  response.end(JSON.stringify(errorBody((isStale ? stalePage : refused).code, message)))
}

function browserHost(host: string): string {
  return host === '0.0.0.0' || host === '::' ? '127.0.0.1' : bracket(host)
}

async function listen(server: Server, port: number, host: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(explain(error, port, host)))
    server.listen(port, host, resolve)
  })
}

function explain(error: NodeJS.ErrnoException, port: number, host: string): AppError {
  const options = { kind: 'environment', cause: error } as const
  if (error.code === 'EADDRINUSE') {
    return new AppError(portInUse.code, portInUse.message(port, host), { ...options, hint: portInUse.hint(port) })
  }
  const message = cannotListen.message(port, host, messageOf(error))
  return new AppError(cannotListen.code, message, { ...options, hint: cannotListen.hint() })
}

async function closeServer(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()))
  })
  server.closeAllConnections()
  await closed
}
