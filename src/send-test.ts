import type { App } from './app.ts'
import type { Address } from './base/index.ts'
import { holdImages, type Rendered } from './render/index.ts'
import type { Reader } from './subscriber/index.ts'
import type { Attempt } from './transport/index.ts'

/** What became of one test message. */
export interface TestResult {
  readonly to: Address
  readonly attempt: Attempt
}

/** What became of a test. */
export interface TestReport {
  /** Fewer than there are recipients when it was stopped. */
  readonly results: readonly TestResult[]
  readonly transport: string
  readonly place: string
  /** Whether this content counts as tested now: a server took it, the way that a send would take. */
  readonly isRecorded: boolean
}

/** Who gets a test of what. */
export interface TestOptions {
  readonly rendered: Rendered
  /** Whose values are filled in. */
  readonly reader: Reader
  readonly to: readonly Address[]
  /** Into the embedded inbox, whatever server is configured. */
  readonly into?: 'inbox'
  readonly signal?: AbortSignal
}

/**
 * Sends an issue as the list would get it, with links that change nothing, and records that it was tested when a server
 * took it: `send` refuses what was not looked at, as this server makes it arrive.
 *
 * @throws AppError of db/, message/ and transport/; `render/image-changed`
 */
export async function sendTests(app: App, { rendered, reader, to, into, signal }: TestOptions): Promise<TestReport> {
  // What counts as tested is what was sent.
  const readImage = holdImages(rendered)
  // Before anything is sent: a test that cannot be recorded would have to be sent again.
  const store = await app.openStore()
  try {
    const transport = await (into ? app.openInbox(app.inboxFolder) : app.openTransport())
    const results: TestResult[] = []
    try {
      for (const email of to) {
        if (signal?.aborted) break
        const message = await app.compose(rendered, { ...reader, email }, 'test', readImage)
        results.push({ to: email, attempt: await transport.send(message) })
      }
      const isTaken = results.some(({ attempt }) => attempt.kind === 'accepted')
      const isRecorded = isTaken && (transport.name !== 'inbox' || app.config.smtp.url === undefined)
      if (isTaken) {
        const { recordTest } = await import('./delivery/index.ts')
        const { issueId, hash } = rendered
        await recordTest(store, { issueId, hash, at: app.clock.now(), transport: transport.name })
      }
      return { results, transport: transport.name, place: transport.place, isRecorded }
    } finally {
      await transport.close()
    }
  } finally {
    await store.close()
  }
}
