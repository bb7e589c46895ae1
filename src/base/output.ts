import type { Writable } from 'node:stream'

/**
 * Standard output and what can become of it:
 *
 *     whole ──reader goes away (EPIPE)──▶ closed   quiet; the command ends its work and keeps its exit code
 *       └─────disk full, device gone────▶ lost     told of once; whatever was done, its result is not there
 */
export interface Output {
  readonly state: () => 'whole' | 'closed' | 'lost'
  /** Resolves when everything written is out, or never will be. */
  readonly flush: () => Promise<void>
}

/**
 * Takes over the streams' errors, which nobody could catch otherwise.
 *
 * @param onLost - called once.
 */
export function watchOutput(stdout: Writable, stderr: Writable, onLost: (error: Error) => void): Output {
  let state: ReturnType<Output['state']> = 'whole'
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (state !== 'whole') return
    state = error.code === 'EPIPE' ? 'closed' : 'lost'
    if (state === 'lost') onLost(error)
  })
  // There is no place left to tell of it.
  stderr.on('error', () => undefined)
  return {
    state: () => state,
    flush: async () => {
      if (state === 'whole') await new Promise<void>((resolve) => stdout.write('', () => resolve()))
    },
  }
}
