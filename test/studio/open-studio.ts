import { connect } from 'node:net'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { createTerminal, systemClock } from '../../src/base/index.ts'
import { type Preview, startPreview, type StudioServices } from '../../src/preview/index.ts'
import { createStudio, type StudioOptions } from '../../src/studio/index.ts'

/** A studio over a real newsletter behind its real server. */
export interface OpenStudio {
  readonly studio: StudioServices
  readonly preview: Preview
  readonly get: <T = Record<string, unknown>>(path: string) => Promise<Answer<T>>
  /** With the page's token. */
  readonly post: <T = Record<string, unknown>>(path: string, body: unknown) => Promise<Answer<T>>
  readonly remove: <T = Record<string, unknown>>(path: string) => Promise<Answer<T>>
}

export interface Answer<T> {
  readonly status: number
  readonly body: T
}

/** @param root - of `makeNewsletter`. */
export async function openStudio(root: string, options: Partial<StudioOptions> = {}): Promise<OpenStudio> {
  const terminal = createTerminal({ stdout: process.stderr, stderr: process.stderr, quiet: true, colour: false })
  const studio = createStudio({
    root,
    environment: {},
    clock: systemClock,
    terminal,
    inboxFolder: join(root, 'data', 'inbox'),
    ...options,
  })
  const preview = await startPreview(studio, { port: 0, host: '127.0.0.1' })
  onTestFinished(async () => await preview.close())
  const ask = async <T>(method: string, path: string, body?: unknown): Promise<Answer<T>> => {
    const headers = { 'Content-Type': 'application/json', 'X-Letterpress-Token': preview.token }
    const answer = await fetch(`${preview.url}${path}`, {
      method,
      ...(method === 'GET' ? {} : { headers }),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await answer.text()
    return { status: answer.status, body: (text === '' ? {} : JSON.parse(text)) as T }
  }
  return {
    studio,
    preview,
    get: async (path) => await ask('GET', path),
    post: async (path, body) => await ask('POST', path, body),
    remove: async (path) => await ask('DELETE', path),
  }
}

/** Over a socket, since every HTTP client mends requests before it sends them. */
export async function sendRaw(port: number, text: string): Promise<string> {
  return await new Promise((resolve) => {
    let answer = ''
    const socket = connect(port, '127.0.0.1', () => socket.write(text))
    // What the server neither answers nor ends.
    socket.setTimeout(1500, () => socket.destroy())
    socket.setEncoding('utf8').on('data', (part) => {
      answer += String(part)
    })
    socket.on('error', () => resolve(answer))
    socket.on('close', () => resolve(answer))
  })
}
