import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { configFile, failure, load, loadFiles, problems } from './make.ts'

const DKIM = "domain: 'news.example.com', selector: 's1', keyFile: 'keys/dkim.pem'"
const PEM = String(generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }))
const first = async (lines: string) => (await problems(load(lines)))[0]

test.for(['from', 'replyTo', 'unsubscribe', 'unsubscribe.mailbox'])('%s is in ASCII before the @', async (option) => {
  const write = (value: string) => {
    if (option === 'from') return `export default { name: 'A', from: '${value}' }`
    return `export default { name: 'A', from: 'a@example.com', ${option === 'unsubscribe.mailbox' ? `unsubscribe: { mailbox: '${value}' }` : `${option}: '${value}'`} }`
  }
  const read = async (value: string) => await loadFiles({ 'letterpress.config.ts': write(value) })
  expect((await problems(read('Jürgen <jürgen@example.com>'))).join()).toContain('before the @')
  await expect(read('Jürgen <j@bücher.example>')).resolves.toBeDefined()
})

describe('dkim', () => {
  test('is off by default, and takes one key or two', async () => {
    expect((await load()).config.dkim).toBeUndefined()
    expect((await load(`  dkim: { ${DKIM} },`)).config.dkim).toEqual({
      domain: 'news.example.com',
      selector: 's1',
      keyFile: 'keys/dkim.pem',
    })
    const { config } = await load(`  dkim: { ${DKIM}, ed25519: { selector: 'e1', keyFile: 'e.pem' } },`)
    expect(config.dkim?.ed25519).toEqual({ selector: 'e1', keyFile: 'e.pem' })
  })

  test('can be set by variables alone', async () => {
    const { config } = await load('', {
      environment: {
        LETTERPRESS_DKIM_DOMAIN: 'News.Example.com',
        LETTERPRESS_DKIM_SELECTOR: 's2',
        LETTERPRESS_DKIM_KEY_FILE: '/run/secrets/dkim.pem',
        LETTERPRESS_DKIM_ED25519_SELECTOR: '2026',
        LETTERPRESS_DKIM_ED25519_KEY_FILE: '/run/secrets/e.pem',
        LETTERPRESS_BOUNCES_DOMAIN: 'b.example.com',
      },
    })
    expect(config.dkim).toEqual({
      domain: 'news.example.com',
      selector: 's2',
      keyFile: '/run/secrets/dkim.pem',
      ed25519: { selector: '2026', keyFile: '/run/secrets/e.pem' },
    })
    expect(config.bounces).toEqual({ domain: 'b.example.com' })
  })

  test.for([
    ["domain: 'x', selector: 's', keyFile: 'k'", /^dkim\.domain: "x" is no domain/],
    ["domain: 'a b.com', selector: 's', keyFile: 'k'", /^dkim\.domain: /],
    ["domain: 'a.com; l=0', selector: 's', keyFile: 'k'", /^dkim\.domain: /],
    ["domain: 'evil@a.com', selector: 's', keyFile: 'k'", /^dkim\.domain: /],
    ["domain: 'a.com', selector: 's; d=evil.example', keyFile: 'k'", /^dkim\.selector: is no selector/],
    ["domain: 'a.com', selector: '-s', keyFile: 'k'", /^dkim\.selector: /],
    ["domain: 'a.com', selector: 's_1', keyFile: 'k'", /^dkim\.selector: /],
    ["domain: 'a.com', selector: '', keyFile: 'k'", /^dkim\.selector: /],
    ["domain: 'a.com', selector: 's', keyFile: ''", /^dkim\.keyFile: /],
    ["domain: 'a.com', selector: 's'", /^dkim\.keyFile: /],
    ["domain: 'a.com', selectr: 's', keyFile: 'k', selector: 's'", /Did you mean "selector"\?/],
    [
      "domain: 'a.com', selector: 's', keyFile: 'k', ed25519: { selector: 'S', keyFile: 'e' }",
      /^dkim\.ed25519\.selector: is that of the first key/,
    ],
  ] as const)('refuses { %s }', async ([lines, problem]) => {
    expect(await first(`  dkim: { ${lines} },`)).toMatch(problem)
  })

  test('has its domain in A-labels', async () => {
    const { config } = await load("  dkim: { domain: 'żółw.example', selector: 's', keyFile: 'k' },")
    expect(config.dkim?.domain).toBe('xn--w-uga1v8h.example')
  })
})

describe('a private key', () => {
  test.for([
    ['as keyFile', `  dkim: { domain: 'a.com', selector: 's', keyFile: ${JSON.stringify(PEM)} },`, 'dkim.keyFile'],
    [
      'under another name',
      `  dkim: { domain: 'a.com', selector: 's', key: ${JSON.stringify(PEM)} } as never,`,
      'dkim.key',
    ],
    ['in a list', `  blocks: { x: { type: 'promo', keys: [${JSON.stringify(PEM)}] } },`, 'blocks.x.keys.0'],
    ['in a comment', `  /* ${PEM} */`, 'The text'],
  ] as const)('is refused in the file %s', async ([, lines, option]) => {
    const error = await failure(loadFiles({ 'letterpress.config.ts': configFile(lines) }))
    expect(error).toMatchObject({ code: 'config/secret-in-file', kind: 'usage' })
    expect(error.message).toContain(`${option} holds a private key`)
    expect(`${error.message} ${error.hint}`).not.toContain(PEM.split('\n')[1])
  })

  test('is no path, in whatever variable it comes', async () => {
    const lines = await problems(load(`  dkim: { ${DKIM} },`, { environment: { LETTERPRESS_DKIM_KEY_FILE: PEM } }))
    expect(lines).toEqual([expect.stringMatching(/^dkim\.keyFile: is a key; write the path/)])
    expect(lines.join('')).not.toContain(PEM.split('\n')[1])
  })
})

describe('bounces', () => {
  test('has a domain whose addresses all fit', async () => {
    expect((await load("  bounces: { domain: 'B.example.com' },")).config.bounces).toEqual({ domain: 'b.example.com' })
    const long = `${'a'.repeat(63)}.${'b'.repeat(63)}.${'c'.repeat(63)}.com`
    expect(await first(`  bounces: { domain: '${long}' },`)).toMatch(/^bounces\.domain: /)
    for (const domain of ['localhost', '127.0.0.1', 'a@b.com', 'b.com>', ''])
      expect(await first(`  bounces: { domain: '${domain}' },`), domain).toMatch(/^bounces\.domain: .*is no domain/)
  })
})

describe('unsubscribe', () => {
  const mailbox = { name: '', address: 'leave@example.com' }

  test("is 'mailto', an address, or one by name", async () => {
    expect((await load()).config.unsubscribe).toBeUndefined()
    expect((await load("  unsubscribe: 'mailto',")).config.unsubscribe).toEqual({})
    expect((await load("  unsubscribe: 'leave@example.com',")).config.unsubscribe).toEqual({ mailbox })
    expect((await load("  unsubscribe: { mailbox: 'leave@example.com' },")).config.unsubscribe).toEqual({ mailbox })
  })

  test('can be set by a variable', async () => {
    const by = async (text: string) => (await load('', { environment: { LETTERPRESS_UNSUBSCRIBE: text } })).config
    expect((await by('mailto')).unsubscribe).toEqual({})
    expect((await by('leave@example.com')).unsubscribe).toEqual({ mailbox })
  })

  test.for(["'mail'", "''", "'a@b.com, c@d.com'", '{}', "{ mailbox: 'x' }", 'true'])('refuses %s', async (value) => {
    expect(await first(`  unsubscribe: ${value} as never,`)).toMatch(/^unsubscribe/)
  })
})
