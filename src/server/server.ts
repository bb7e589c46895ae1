import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { AppError, messageOf } from '../base/index.ts'
import { cannotListen, portInUse } from './errors.ts'
import { createRoutes } from './routes.ts'
import type { PublicServices } from './services.ts'

/** Where the public pages listen. */
export interface ServeOptions {
  /** 0: a free port. */
  readonly port: number
  readonly host: string
  /** Told of every failure behind an answer 503, for the log. */
  readonly onError: (error: unknown) => void
}

/** Public pages that run. */
export interface PublicServer {
  readonly port: number
  /** Answers what has begun, at most for some seconds, and takes nothing new. */
  close(): Promise<void>
}

/** A client that sends its request slower than this is not waited for. */
const REQUEST_TIMEOUT_MS = 15_000
const CLOSE_TIMEOUT_MS = 5000

/** @throws AppError `server/port-in-use`, `server/cannot-listen` */
export async function startServer(
  services: PublicServices,
  { port, host, onError }: ServeOptions,
): Promise<PublicServer> {
  const listener = getRequestListener(createRoutes(services, onError).fetch, { overrideGlobalObjects: false })
  const server = createServer(
    { requestTimeout: REQUEST_TIMEOUT_MS, headersTimeout: REQUEST_TIMEOUT_MS },
    (request, response) => {
      void listener(request, response)
    },
  )
  await listen(server, port, host)
  return { port: (server.address() as AddressInfo).port, close: async () => await close(server) }
}

async function listen(server: Server, port: number, host: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const isTaken = error.code === 'EADDRINUSE'
      const message = isTaken ? portInUse.message(port, host) : cannotListen.message(port, host, messageOf(error))
      const { code, hint } = isTaken ? portInUse : cannotListen
      reject(new AppError(code, message, { kind: 'environment', hint: hint(), cause: error }))
    })
    server.listen(port, host, resolve)
  })
}

async function close(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  server.closeIdleConnections()
  const timer = setTimeout(() => server.closeAllConnections(), CLOSE_TIMEOUT_MS)
  await closed
  clearTimeout(timer)
}
