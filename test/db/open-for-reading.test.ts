import { spawn } from 'node:child_process'
import { chmodSync, existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openDatabase, openDatabaseForReading } from '../../src/db/index.ts'
import { makeFolder } from '../helpers/folder.ts'
import { repository } from '../helpers/newsletter.ts'

const URL = 'sqlite:data/letterpress.db'
const COUNT = 'SELECT count(*) AS count FROM suppressions'
const ADD = "INSERT INTO suppressions (email_key, reason, at) VALUES (?, 'bounced', 0)"

test('reads what is committed while another process writes, and may not write itself', async () => {
  const root = makeFolder()
  const writer = await openDatabase({ url: URL, root })
  await writer.run(ADD, ['a@example.com'])
  await writer.transaction(async (tx) => {
    await tx.run(ADD, ['b@example.com'])
    const reader = await openDatabaseForReading({ url: URL, root, lockWaitMs: 0 })
    expect(await reader.get(COUNT)).toEqual({ count: 1 })
    await expect(reader.run(ADD, ['c@example.com'])).rejects.toMatchObject({ code: 'db/read-only' })
    await reader.close()
  })
  await writer.close()
})

test('makes a store that is missing, and brings an old one up to date', async () => {
  const root = makeFolder()
  const first = await openDatabaseForReading({ url: URL, root })
  await first.run('DELETE FROM schema_version WHERE version = (SELECT max(version) FROM schema_version)')
  await first.close()
  // The last step is done a second time, and refused for what it finds: it was taken for an older store.
  await expect(openDatabaseForReading({ url: URL, root })).rejects.toMatchObject({ code: 'db/migration-failed' })
})

// Nothing is read-only to root, so the reading runs as somebody else.
test.each([['closed'], ['open']])(
  'reads a store in a folder where nothing may be written, while it is %s',
  async (how) => {
    const root = makeFolder()
    const writer = await openDatabase({ url: URL, root })
    await writer.run(ADD, ['a@example.com'])
    if (how === 'closed') await writer.close()
    const file = join(root, 'data/letterpress.db')
    chmodSync(root, 0o755)
    for (const end of ['', '-wal', '-shm']) if (existsSync(file + end)) chmodSync(file + end, 0o444)
    chmodSync(join(root, 'data'), 0o555)
    const script = join(root, 'read.mjs')
    writeFileSync(
      script,
      `import { openDatabaseForReading } from ${JSON.stringify(join(repository, 'src/db/index.ts'))}
     try { const db = await openDatabaseForReading({ url: 'sqlite:' + ${JSON.stringify(file)}, root: '/' }); console.log(JSON.stringify(await db.get('${COUNT}'))) }
     catch (error) { console.log(error.code, error.message) }`,
    )
    const isRoot = process.getuid?.() === 0
    const child = spawn(process.execPath, [script], {
      stdio: ['ignore', 'pipe', 'inherit'],
      ...(isRoot ? { uid: 65_534 } : {}),
    })
    let said = ''
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => (said += chunk))
    await new Promise((resolve) => child.once('close', resolve))
    chmodSync(join(root, 'data'), 0o755)
    if (how === 'open') await writer.close()
    expect(said.trim()).toBe('{"count":1}')
  },
)
