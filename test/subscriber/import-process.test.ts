import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { spawnCli } from '../helpers/cli.ts'
import { write } from '../helpers/folder.ts'
import { makeNewsletter, repository } from '../helpers/newsletter.ts'

function makeRows(count: number, prefix: string): string {
  const rows = Array.from(
    { length: count },
    (_, index) => `${prefix}${index}@example.com,"Reader, ${index}",en,weekly;beta,Company ${index % 97}\n`,
  )
  return `email,name,language,tags,company\n${rows.join('')}`
}

function countReaders(root: string): number {
  const db = new DatabaseSync(join(root, 'data/letterpress.db'), { readOnly: true })
  try {
    return Number(db.prepare('SELECT count(*) AS count FROM subscribers').get()?.['count'])
  } finally {
    db.close()
  }
}

test('takes 50,000 rows in with hardly more memory than 500', async () => {
  const root = makeNewsletter({ 'small.csv': makeRows(500, 's'), 'large.csv': makeRows(50_000, 'l') })
  const measure = async (file: string): Promise<{ new: number; rss: number }> => {
    const script = write(
      root,
      'measure.mjs',
      `import { createReadStream } from 'node:fs'
       import { openDatabase } from ${JSON.stringify(join(repository, 'src/db/index.ts'))}
       import { createSubscriberStore } from ${JSON.stringify(join(repository, 'src/subscriber/index.ts'))}
       const db = await openDatabase({ url: 'sqlite:memory-test.db', root: ${JSON.stringify(root)} })
       const store = createSubscriberStore(db, { now: () => new Date() })
       const report = await store.importCsv({ input: createReadStream(process.argv[2]), fileName: 'x', isDryRun: false })
       console.log(JSON.stringify({ new: report.new, rss: process.resourceUsage().maxRSS / 1024 }))
       await db.close()`,
    )
    const child = spawn(process.execPath, [script, join(root, file)], { stdio: ['ignore', 'pipe', 'inherit'] })
    let said = ''
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => (said += chunk))
    await new Promise((resolve) => child.once('close', resolve))
    return JSON.parse(said) as { new: number; rss: number }
  }
  const small = await measure('small.csv')
  const large = await measure('large.csv')
  expect([small.new, large.new]).toEqual([500, 50_000])
  expect(large.rss - small.rss).toBeLessThan(110)
})

test('two imports at once: one waits for the other, and both lists are whole', async () => {
  const root = makeNewsletter({
    'a.csv': makeRows(20_000, 'a'),
    'b.csv': makeRows(20_000, 'b'),
    'c.csv': makeRows(20_000, 'a'),
  })
  const results = await Promise.all(
    ['a.csv', 'b.csv', 'c.csv'].map(
      async (file) => await spawnCli(root, ['--json', 'subscribers', 'import', join(root, file)]),
    ),
  )
  expect(results.map(({ code, stderr }) => [code, stderr])).toEqual([
    [0, ''],
    [0, ''],
    [0, ''],
  ])
  const reports = results.map(({ stdout }) => JSON.parse(stdout) as { new: number; unchanged: number })
  expect(reports.reduce((sum, report) => sum + report.new, 0)).toBe(40_000)
  expect(reports.reduce((sum, report) => sum + report.unchanged, 0)).toBe(20_000)
  expect(countReaders(root)).toBe(40_000)
})

test('an import killed at any moment leaves the old list or the whole new one', async () => {
  const root = makeNewsletter({ 'old.csv': makeRows(300, 'old'), 'new.csv': makeRows(40_000, 'new') })
  await spawnCli(root, ['subscribers', 'import', join(root, 'old.csv')])
  const seen = new Set<number>()
  for (const delayMs of [150, 250, 350, 450, 550, 700]) {
    const child = spawn(
      process.execPath,
      [join(repository, 'bin/letterpress.js'), 'subscribers', 'import', join(root, 'new.csv')],
      {
        cwd: root,
        stdio: 'ignore',
      },
    )
    const ended = new Promise((resolve) => child.once('close', resolve))
    const timer = setTimeout(() => child.kill('SIGKILL'), delayMs)
    await ended
    clearTimeout(timer)
    seen.add(countReaders(root))
  }
  expect([...seen].filter((count) => count !== 300 && count !== 40_300)).toEqual([])
  const { code } = await spawnCli(root, ['subscribers', 'import', join(root, 'new.csv')])
  expect(code).toBe(0)
  expect(countReaders(root)).toBe(40_300)
})
