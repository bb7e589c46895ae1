import { appendFile, mkdir, mkdtemp, realpath, rename, rm, symlink, unlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type Change, type FileWatcher, watchFiles } from '../../src/preview/index.ts'

const PATIENT = { timeout: 10_000, interval: 20 }

/** On a busy machine what was done at once is told of in two bursts: neighbours of a kind count as one. */
function merge(list: readonly Change[]): Change[] {
  const out: Change[] = []
  for (const change of list) {
    const last = out.at(-1)
    if (last?.kind !== change.kind) out.push(change)
    else if (!last.slugs || !change.slugs) out.splice(-1, 1, { kind: change.kind })
    else out.splice(-1, 1, { kind: change.kind, slugs: [...new Set([...last.slugs, ...change.slugs])].toSorted() })
  }
  return out
}

/** Longer than the wait for the second half of a save that deletes first. */
const SETTLE_MS = 260

describe('watching files', () => {
  let root: string
  let watcher: FileWatcher
  let changes: Change[]
  const at = (...names: string[]) => join(root, ...names)

  beforeEach(async () => {
    root = await realpath(await mkdtemp(join(tmpdir(), 'letterpress-watch-')))
    await mkdir(at('issues'))
    await mkdir(at('emails'))
    await writeFile(at('issues/a.md'), 'one')
    await writeFile(at('letterpress.config.ts'), 'one')
    changes = []
    const paths = {
      issues: at('issues'),
      templates: [at('emails'), at('templates')],
      config: [at('letterpress.config.ts'), at('.env'), at('readers.yaml')],
      inbox: at('data/inbox'),
    }
    watcher = watchFiles(
      paths,
      (change) => changes.push(change),
      (error) => expect.unreachable(error.message),
    )
    await watcher.ready
  })
  afterEach(async () => {
    await watcher.close()
    await rm(root, { recursive: true, force: true })
  })

  const ISSUE_A = [{ kind: 'issue', slugs: ['a'] }]
  const CASES: readonly (readonly [string, readonly Change[], () => Promise<void>])[] = [
    ['a save in place', ISSUE_A as Change[], async () => await writeFile(at('issues/a.md'), 'two')],
    [
      'a save beside and renamed over',
      ISSUE_A as Change[],
      async () => {
        await writeFile(at('issues/a.md.tmp'), 'two')
        await rename(at('issues/a.md.tmp'), at('issues/a.md'))
      },
    ],
    [
      'a save with the old file moved away',
      ISSUE_A as Change[],
      async () => {
        await rename(at('issues/a.md'), at('issues/a.md~'))
        await writeFile(at('issues/a.md'), 'two')
        await unlink(at('issues/a.md~'))
      },
    ],
    [
      'a save that deletes first',
      ISSUE_A as Change[],
      async () => {
        await unlink(at('issues/a.md'))
        await sleep(30)
        await writeFile(at('issues/a.md'), 'two')
      },
    ],
    ['a new issue', [{ kind: 'issue', slugs: ['b'] }], async () => await writeFile(at('issues/b.yaml'), 'new')],
    [
      'two issues at once',
      [{ kind: 'issue', slugs: ['a', 'b'] }],
      async () => {
        await Promise.all([writeFile(at('issues/b.md'), 'new'), writeFile(at('issues/a.md'), 'two')])
      },
    ],
    ['a deleted issue', ISSUE_A as Change[], async () => await unlink(at('issues/a.md'))],
    [
      'an image',
      [{ kind: 'issue' }],
      async () => {
        await mkdir(at('issues/a'))
        await writeFile(at('issues/a/x.png'), 'png')
      },
    ],
    ['a template', [{ kind: 'template' }], async () => await writeFile(at('emails/digest.tsx'), 'x')],
    [
      'a folder that did not exist',
      [{ kind: 'template' }],
      async () => {
        await mkdir(at('templates'))
        await writeFile(at('templates/classic.mjml'), 'x')
      },
    ],
    ['the configuration', [{ kind: 'config' }], async () => await writeFile(at('letterpress.config.ts'), 'two')],
    [
      'the configuration, renamed over',
      [{ kind: 'config' }],
      async () => {
        await writeFile(at('draft'), 'two')
        await rename(at('draft'), at('letterpress.config.ts'))
      },
    ],
    ['a file that did not exist', [{ kind: 'config' }], async () => await writeFile(at('.env'), 'A=1')],
    [
      'a message',
      [{ kind: 'inbox' }],
      async () => {
        await mkdir(at('data/inbox'), { recursive: true })
        await writeFile(at('data/inbox/.1.tmp'), 'x')
        await rename(at('data/inbox/.1.tmp'), at('data/inbox/1.eml'))
      },
    ],
    [
      'what editors leave behind',
      [],
      async () => {
        for (const name of ['.a.md.swp', 'a.md~', '#a.md#', '4913', 'a.md.tmp'])
          await writeFile(at('issues', name), 'x')
        await symlink('nobody@host.1', at('issues/.#a.md'))
      },
    ],
    ['a file of no concern', [], async () => await writeFile(at('notes.txt'), 'x')],
  ]
  test.for(CASES)('%s is reported, and nothing else', async ([, expected, act]) => {
    await act()
    await vi.waitFor(() => expect(merge(changes)).toEqual(expected), PATIENT)
    await sleep(SETTLE_MS)
    expect(merge(changes)).toEqual(expected)
  })

  test('reports a burst by its beginning and its end', async () => {
    for (let part = 0; part < 30; part++) await appendFile(at('issues/a.md'), String(part))
    await vi.waitFor(() => expect(merge(changes)).toEqual(ISSUE_A), PATIENT)
    await sleep(SETTLE_MS)
    expect(changes.length).toBeLessThan(30)
  })

  test('reports a file again that changes again, under its new name too', async () => {
    const seen = () => new Set(changes.flatMap(({ slugs = [] }) => slugs))
    await writeFile(at('issues/a.md'), 'two')
    await vi.waitFor(() => expect(seen()).toEqual(new Set(['a'])), PATIENT)
    await rename(at('issues/a.md'), at('issues/c.md'))
    await vi.waitFor(() => expect(seen()).toEqual(new Set(['a', 'c'])), PATIENT)
    await sleep(SETTLE_MS)
    changes = []
    await writeFile(at('issues/c.md'), 'three')
    await vi.waitFor(() => expect(seen()).toEqual(new Set(['c'])), PATIENT)
  })

  test('goes on when the whole folder comes back', async () => {
    await rm(at('issues'), { recursive: true })
    await sleep(SETTLE_MS)
    await mkdir(at('issues'))
    await writeFile(at('issues/a.md'), 'back')
    await sleep(SETTLE_MS)
    changes = []
    await writeFile(at('issues/a.md'), 'again')
    await vi.waitFor(() => expect(merge(changes)).toEqual(ISSUE_A), PATIENT)
  })

  test('is silent once closed', async () => {
    await writeFile(at('issues/a.md'), 'two')
    await watcher.close()
    await sleep(100)
    expect(changes).toEqual([])
  })
})
