import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, rmSync, statfsSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

const SIZE = '24m'

/** A disk that can be full under the `data` folder of a newsletter. */
export interface Disk {
  /** `tmpfs`: a small file system of its own, where root may mount one; `ulimit`: a limit on the size of each file. */
  readonly how: 'tmpfs' | 'ulimit'
  /**
   * Leaves so much room. With `ulimit`: over the largest file there is.
   *
   * @returns What a command is started through, so that it has no more.
   */
  fill(freeBytes: number): string[]
  clear(): void
}

/** @param how - left out: a file system when it can be had. */
export function limitDisk(root: string, how?: Disk['how']): Disk {
  const data = join(root, 'data')
  if (how !== 'ulimit' && mountOver(data)) return limitMount(data)
  return {
    how: 'ulimit',
    fill: (freeBytes) => {
      const largest = Math.max(...readdirSync(data).map((name) => statSync(join(data, name)).size))
      // Blocks of 1024 bytes. Node ignores SIGXFSZ, so that a write fails as on a full disk.
      return ['bash', '-c', `ulimit -f ${Math.ceil((largest + freeBytes) / 1024)} && exec "$0" "$@"`]
    },
    clear: () => undefined,
  }
}

function mountOver(data: string): boolean {
  const keep = mkdtempSync(join(tmpdir(), 'letterpress-disk-'))
  cpSync(data, keep, { recursive: true })
  const isMounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${SIZE}`, 'tmpfs', data]).status === 0
  // The newsletter's folder is removed after this.
  if (isMounted) {
    onTestFinished(() => void spawnSync('umount', ['-l', data]))
    cpSync(keep, data, { recursive: true })
  }
  rmSync(keep, { recursive: true })
  return isMounted
}

function limitMount(data: string): Disk {
  const ballast = join(data, 'ballast')
  return {
    how: 'tmpfs',
    fill: (freeBytes) => {
      const { bavail, bsize } = statfsSync(data)
      try {
        writeFileSync(ballast, Buffer.alloc(Math.max(0, bavail * bsize - freeBytes)))
      } catch {
        // The sender was faster: there is no room left, which is what was wanted.
      }
      return []
    },
    clear: () => rmSync(ballast, { force: true }),
  }
}
