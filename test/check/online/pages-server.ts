import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { Network } from '../../../src/check/online/ask.ts'
import { isPublicAddress } from '../../../src/check/online/public-address.ts'
import type { OnlineOptions } from '../../../src/check/index.ts'

/** The one local address that these tests take for a public one; all of 127.0.0.0/8 is this machine. */
export const STAND_IN = '127.0.0.2'

/** A server that ends with the test. */
export async function serve(listener: RequestListener, host: string = STAND_IN): Promise<number> {
  const server = createServer(listener)
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, host, resolve)
  })
  onTestFinished(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  return (server.address() as AddressInfo).port
}

/** Every name leads to these addresses; nothing but them and public ones may be connected to. */
export function networkOf(resolve: Network['resolve'] = async () => await Promise.resolve([STAND_IN])): Network {
  return { resolve, isAllowed: (address) => address === STAND_IN || isPublicAddress(address) }
}

export function optionsOf(over: Partial<OnlineOptions> = {}): OnlineOptions {
  const folder = mkdtempSync(join(tmpdir(), 'letterpress-links-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return {
    cacheFile: join(folder, 'links.json'),
    now: new Date('2026-08-21T06:00:00Z'),
    signal: new AbortController().signal,
    network: networkOf(),
    limitMs: 20_000,
    ...over,
  }
}

export function failWith(code: string): Error {
  return Object.assign(new Error(`getaddrinfo ${code}`), { code })
}
