import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmodSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { AppError, fixClock } from '../../src/base/index.ts'
import { makeFolder, write } from '../helpers/folder.ts'
import { makeKeyFolder, makeNewsletter, makeServices } from './make.ts'
import { listFaults, runProbe } from './probe-make.ts'

const SECRET = randomBytes(32).toString('base64url')
const known = (value: string) => ({ secret: { value, isInFile: true } })

describe('configuration', () => {
  test.for([
    ['all set', {}, []],
    ['no site and no way out', { url: undefined }, ['problem site/no-way-out']],
    ['by mail alone', { url: undefined, leavesByMail: true }, ['warning site/mail-only']],
    ['a site on this machine', { url: 'http://127.0.0.1:8080' }, ['warning site/local']],
  ] as const)('%s', async ([, own, expected]) => {
    const newsletter = { ...makeNewsletter(), ...own }
    expect(listFaults(await runProbe('site', makeFolder(), { newsletter }))).toEqual(expected)
  })

  test('the footer', async () => {
    const newsletter = { ...makeNewsletter(), postalAddress: undefined, reason: undefined }
    expect(listFaults(await runProbe('imprint', makeFolder(), { newsletter }))).toEqual([
      'problem imprint/no-address',
      'warning imprint/no-reason',
    ])
    expect(listFaults(await runProbe('imprint', makeFolder()))).toEqual([])
  })

  test('domains that cannot belong together', async () => {
    const newsletter = makeNewsletter({ dkimDomain: 'relay.example', bounces: 'b.relay.example' })
    expect(listFaults(await runProbe('sender', makeFolder(), { newsletter }))).toEqual([
      'problem sender/foreign-dkim',
      'warning sender/foreign-bounces',
    ])
    expect(
      listFaults(await runProbe('sender', makeFolder(), { newsletter: makeNewsletter({ dkimDomain: 'example.com' }) })),
    ).toEqual([])
  })
})

describe('secret', () => {
  test.for([
    ['strong', known(SECRET), []],
    ['weak', known('secret'.repeat(8)), ['problem secret/weak']],
    ['not made yet', {}, ['note secret/missing']],
  ] as const)('%s', async ([, own, expected]) => {
    const root = makeFolder()
    const statements = await runProbe('secret', root, { services: makeServices(root, own) })
    expect(listFaults(statements)).toEqual(expected)
    expect(JSON.stringify(statements)).not.toMatch(new RegExp(`${SECRET}|secretsecret`))
  })

  test.skipIf(process.platform === 'win32')('modes of files', async () => {
    const root = makeKeyFolder()
    write(root, '.env', 'A=b\n')
    for (const file of ['.env', 'dkim/s1.pem', 'dkim/e1.pem']) chmodSync(join(root, file), 0o600)
    expect(listFaults(await runProbe('file-modes', root))).toEqual([])
    chmodSync(join(root, '.env'), 0o640)
    expect(listFaults(await runProbe('file-modes', root))).toEqual([])
    chmodSync(join(root, '.env'), 0o644)
    chmodSync(join(root, 'dkim/e1.pem'), 0o660)
    const statements = await runProbe('file-modes', root)
    expect(statements.map(({ message }) => message)).toEqual(['.env has mode 644.', 'dkim/e1.pem has mode 660.'])
  })
})

describe('git', () => {
  const identity = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', '-c', 'commit.gpgsign=false']
  const git = (root: string, ...args: string[]) =>
    execFileSync('git', [...identity, ...args], { cwd: root, stdio: 'pipe' })

  function makeRepository(ignored: string): string {
    const root = makeKeyFolder()
    write(root, '.env', `LETTERPRESS_SECRET=${SECRET}\n`)
    write(root, '.gitignore', ignored)
    git(root, 'init', '-q')
    return root
  }
  const look = async (root: string) =>
    await runProbe('secret-in-git', root, { services: makeServices(root, known(SECRET)) })

  test('nothing is in it', async () => {
    const root = makeRepository('.env\ndkim/\n')
    git(root, 'add', '.')
    git(root, 'commit', '-qm', 'all')
    expect(listFaults(await look(root))).toEqual([])
  })

  test('what the next add would take', async () => {
    expect((await look(makeRepository('dkim/\n'))).map(({ fault, message }) => [fault, message])).toEqual([
      ['secret-in-git/not-ignored', 'git does not keep .env, and does not ignore it.'],
    ])
  })

  test('what it keeps', async () => {
    const root = makeRepository('')
    git(root, 'add', '.')
    expect((await look(root)).map(({ message }) => message)).toEqual([
      'git keeps .env.',
      'git keeps dkim/e1.pem.',
      'git keeps dkim/s1.pem.',
    ])
  })

  test('what only its history has', async () => {
    const root = makeRepository('dkim/\n')
    git(root, 'add', '.env')
    git(root, 'commit', '-qm', 'oops')
    git(root, 'rm', '-q', '--cached', '.env')
    git(root, 'commit', '-qm', 'better')
    write(root, '.gitignore', 'dkim/\n.env\n')
    expect(listFaults(await look(root))).toEqual(['problem secret-in-git/in-history'])
    rmSync(join(root, '.env'))
    expect(listFaults(await look(root))).toEqual(['problem secret-in-git/in-history'])
  })

  test('the secret in another file', async () => {
    const root = makeRepository('dkim/\n.env\n')
    write(root, 'notes.md', `The secret is ${SECRET}.\n`)
    git(root, 'add', 'notes.md')
    const statements = await look(root)
    expect(listFaults(statements)).toEqual(['problem secret-in-git/in-files'])
    expect(JSON.stringify(statements)).not.toContain(SECRET)
  })

  test('no repository', async () => {
    expect((await look(makeFolder())).map(({ mark }) => mark)).toEqual(['skipped'])
  })
})

describe('keys', () => {
  test('two that sign', async () => {
    const statements = await runProbe('keys', makeKeyFolder())
    expect(statements.map(({ message }) => message)).toEqual([
      'An RSA key of 2048 bits signs; its record belongs to s1._domainkey.news.example.com.',
      'An Ed25519 key signs; its record belongs to e1._domainkey.news.example.com.',
    ])
  })

  test('one that cannot be read, and none', async () => {
    expect(listFaults(await runProbe('keys', makeFolder()))).toEqual(['problem keys/unusable'])
    const newsletter = { ...makeNewsletter(), dkim: undefined }
    expect(listFaults(await runProbe('keys', makeFolder(), { newsletter }))).toEqual(['note keys/none'])
  })
})

describe('store and clock', () => {
  const NOW = new Date('2026-12-01T12:00:00Z')
  const broken = async () =>
    await Promise.reject(new AppError('db/not-a-database', 'It is no database.', { kind: 'environment' }))

  test('a store that is not there yet, that opens, that is broken', async () => {
    const root = makeFolder({ 'data/letterpress.db': '' })
    const storeFile = join(root, 'data/letterpress.db')
    expect(
      listFaults(await runProbe('store', root, { services: makeServices(root, { storeFile: join(root, 'no.db') }) })),
    ).toEqual([])
    expect(listFaults(await runProbe('store', root, { services: makeServices(root, { storeFile }) }))).toEqual([])
    const services = makeServices(root, { storeFile, readStore: broken })
    expect(listFaults(await runProbe('store', root, { services }))).toEqual(['problem store/broken'])
    expect(listFaults(await runProbe('clock', root, { services, clock: fixClock(NOW) }))).toEqual([])
  })

  test('a clock behind the ledger, and behind the program', async () => {
    const root = makeFolder()
    const readStore = async () => await Promise.resolve({ lastEventAt: new Date('2026-12-01T13:00:00Z') })
    const services = makeServices(root, { readStore })
    const ask = async (now: Date) => listFaults(await runProbe('clock', root, { services, clock: fixClock(now) }))
    expect(await ask(NOW)).toEqual(['problem clock/behind'])
    expect(await ask(new Date('2026-12-01T13:00:30Z'))).toEqual([])
    expect(listFaults(await runProbe('clock', root, { clock: fixClock(new Date(0)) }))).toEqual([
      'problem clock/behind',
    ])
  })

  test('the room on the disk', async () => {
    expect((await runProbe('disk', makeFolder())).map(({ message }) => message)).toEqual([
      expect.stringMatching(/^[\d,]+ MB are free/),
    ])
  })
})
