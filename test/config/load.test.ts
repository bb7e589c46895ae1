import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { loadConfig } from '../../src/config/index.ts'
import { makeFolder } from '../helpers/folder.ts'
import { configFile, failure, load, loadFiles, problems } from './make.ts'

test('a name and a sender are enough; the schema brings the rest', async () => {
  const { config, file } = await load()
  expect(config).toEqual({
    name: 'LLM Papers',
    from: { name: 'Ada', address: 'ada@example.com' },
    language: 'en',
    template: 'digest',
    blocks: {},
    database: { url: 'sqlite:data/letterpress.db' },
    smtp: { connections: 10, messagesPerConnection: 1000, auth: 'password' },
    limits: { domains: {} },
    retry: {
      firstMs: 300_000,
      slowMs: 600_000,
      maxMs: 14_400_000,
      giveUpMs: 86_400_000,
      reconnectMs: 1000,
      reconnects: 8,
    },
    checks: {},
  })
  expect(file).toMatch(/letterpress\.config\.ts$/)
})

test('the shipped configuration is valid, with and without its SMTP_URL', async () => {
  const root = fileURLToPath(new URL('../..', import.meta.url))
  const cache = makeFolder()
  expect((await loadConfig(root, {}, cache)).config.smtp.url).toBeUndefined()
  expect((await loadConfig(root, { SMTP_URL: 'smtp://localhost' }, cache)).config.smtp.url).toBe('smtp://localhost')
})

test.for(['letterpress.config.mts', 'letterpress.config.js', 'letterpress.config.mjs'])(
  '%s is read as well',
  async (name) => {
    const { config } = await loadFiles({ [name]: `export default { name: 'X', from: 'x@example.com' }` })
    expect(config.name).toBe('X')
  },
)

test('what stands in a file beside it belongs to it', async () => {
  const { config } = await loadFiles({
    'letterpress.config.ts': configFile(`  ...more,`).replace('\n', `\nimport { more } from './more.ts'\n`),
    'more.ts': `export const more = { language: 'de' } as const`,
  })
  expect(config.language).toBe('de')
})

describe('a folder', () => {
  test('without a configuration is named, with what to do', async () => {
    const root = makeFolder({ 'package.json': '{}' })
    const error = await failure(loadConfig(root, {}, join(root, 'cache')))
    expect(error).toMatchObject({
      code: 'config/not-found',
      kind: 'usage',
      hint: expect.stringContaining('letterpress init') as string,
    })
    expect(error.message).toContain(root)
  })

  test('that is none is no configuration either', async () => {
    expect(await failure(loadConfig('/nowhere/at/all', {}, '/nowhere/cache'))).toMatchObject({
      code: 'config/not-found',
    })
  })
})

describe('a file that cannot be loaded', () => {
  test('names file, line and column of a syntax error', async () => {
    const error = await failure(load(`  language: = 'en',`))
    expect(error).toMatchObject({ code: 'config/broken', kind: 'usage' })
    expect(error.message).toMatch(/letterpress\.config\.ts:5:13\)/)
  })

  test('names the imported file with the syntax error', async () => {
    const error = await failure(
      loadFiles({ 'letterpress.config.ts': `import './more.ts'\nexport default {}`, 'more.ts': '\n\nlet = = 1' }),
    )
    expect(error.message).toMatch(/more\.ts:3:7\)/)
  })

  test('names a package that is not there, and where it is asked for', async () => {
    const error = await failure(
      loadFiles({ 'letterpress.config.ts': `import x from 'no-such-package'\nexport default x` }),
    )
    expect(error.message).toMatch(/letterpress\.config\.ts:1:15\).*no-such-package/)
  })

  test('gives the reason of one that throws', async () => {
    const error = await failure(loadFiles({ 'letterpress.config.ts': `throw new Error('no\\n luck')` }))
    expect(error).toMatchObject({ code: 'config/broken' })
    expect(error.message).toContain('no luck')
  })

  test.for([
    '',
    'export const config = {}',
    'export default undefined',
    'export default null',
    'export default 5',
    `export default 'x'`,
  ])('says what is missing in %j', async (source) => {
    const error = await failure(loadFiles({ 'letterpress.config.ts': source }))
    expect(error).toMatchObject({ code: 'config/broken', kind: 'usage' })
    expect(error.message).toContain('export default defineConfig')
  })

  test.for([
    'export default []',
    'export default [1]',
    'export default async () => ({})',
    'export default Promise.resolve({})',
    'export default new Map()',
  ])('refuses %s', async (source) => {
    expect((await failure(loadFiles({ 'letterpress.config.ts': source }))).code).toMatch(/^config\/(?:broken|invalid)$/)
  })
})

describe('an invalid configuration', () => {
  test('tells every problem at once', async () => {
    const found = await problems(
      loadFiles({
        'letterpress.config.ts': `export default { name: '', from: 'nobody', url: 'http://news.example.com', language: 'deutsch!', smtp: { connections: 0 }, colour: 1 }`,
      }),
    )
    expect(found.map((line) => line.split(':')[0])).toEqual([
      'name',
      'from',
      'url',
      'language',
      'smtp.connections',
      'colour',
    ])
  })

  test('counts its problems, or says that it has one', async () => {
    expect((await failure(load(`  colour: 1,`))).message).toContain('has a problem:')
    expect((await failure(load(`  colour: 1, shape: 2,`))).message).toContain('has 2 problems:')
  })

  test.for([
    [`  langage: 'en',`, 'langage: no such option. Did you mean "language"?'],
    [`  replyto: 'a@example.com',`, 'replyto: no such option. Did you mean "replyTo"?'],
    [`  smtp: { conections: 5 },`, 'smtp.conections: no such option. Did you mean "connections"?'],
    [`  checks: { 'link-shortner': 'off' },`, 'checks.link-shortner: no such option. Did you mean "link-shortener"?'],
    [`  banana: 1,`, 'banana: no such option.'],
    [`  ['__proto__']: 1,`, '__proto__: no such option.'],
  ])('suggests the option nearest to%s', async ([lines, problem]) => {
    expect(await problems(load(lines))).toEqual([problem])
  })

  test.for([
    ['a sender that is missing', `export default { name: 'X' }`, /^from: /],
    ['a name that is missing', `export default { from: 'a@example.com' }`, /^name: /],
    ['a name of 101 characters', `export default { name: 'x'.repeat(101), from: 'a@example.com' }`, /^name: .*100/],
    [
      'two senders',
      `export default { name: 'X', from: 'a@example.com, b@example.com' }`,
      /^from: "a@example\.com, b@example\.com" is no address/,
    ],
    [
      'a sender with a line of its own',
      `export default { name: 'X', from: 'A\\r\\nBcc: b@example.com <a@example.com>' }`,
      /^from: /,
    ],
    [
      'connections that are no number',
      `export default { name: 'X', from: 'a@example.com', smtp: { connections: 'many' } }`,
      /^smtp\.connections: .*number/,
    ],
    [
      'too many connections',
      `export default { name: 'X', from: 'a@example.com', smtp: { connections: 201 } }`,
      /^smtp\.connections: .*200/,
    ],
    [
      'connections that are NaN',
      `export default { name: 'X', from: 'a@example.com', smtp: { connections: NaN } }`,
      /^smtp\.connections: /,
    ],
    [
      'a level of a check',
      `export default { name: 'X', from: 'a@example.com', checks: { 'link-shortener': 'of' } }`,
      /^checks\.link-shortener: .*off.*warning.*error/,
    ],
    [
      'a block without a type',
      `export default { name: 'X', from: 'a@example.com', blocks: { ebook: { title: 'x' } } }`,
      /^blocks\.ebook\.type: /,
    ],
  ] as const)('names %s', async ([, source, problem]) => {
    const found = await problems(loadFiles({ 'letterpress.config.ts': source }))
    expect(found).toHaveLength(1)
    expect(found[0]).toMatch(problem)
    expect(found[0]).not.toMatch(/[\r\n]/)
  })
})

describe('the address of the site', () => {
  test.for([
    ['https://news.example.com', 'https://news.example.com'],
    ['https://news.example.com/', 'https://news.example.com'],
    ['https://news.example.com///', 'https://news.example.com'],
    ['https://NEWS.example.com/letters/', 'https://news.example.com/letters'],
    ['https://例え.jp/é', 'https://xn--r8jz45g.jp/%C3%A9'],
    ['https://news.example.com:8443/a', 'https://news.example.com:8443/a'],
    ['http://localhost:4300', 'http://localhost:4300'],
    ['http://127.0.0.1:4300/', 'http://127.0.0.1:4300'],
    ['http://[::1]:4300', 'http://[::1]:4300'],
  ])('%s becomes %s', async ([url, normal]) => {
    expect((await load(`  url: ${JSON.stringify(url)},`)).config.url).toBe(normal)
  })

  test.for([
    'http://news.example.com',
    'http://localhost.example.com',
    'http://127.0.0.1.example.com',
    'http://10.0.0.1',
    'ftp://news.example.com',
    'news.example.com',
    '//news.example.com',
    'https://',
    'https://news.example.com/?a=1',
    'https://news.example.com/#top',
    'javascript:alert(1)',
    '',
    'https://ada:hunter2@news.example.com',
    'https://ada@news.example.com',
    'http://ada:hunter2@news.example.com',
  ])('%s is refused', async (url) => {
    const found = await problems(load(`  url: ${JSON.stringify(url)},`))
    expect(found).toHaveLength(1)
    expect(found[0]).toMatch(/^url: .*no https address of a site$/)
    expect(found[0]).not.toContain('hunter2')
  })
})

describe('a password in the file', () => {
  test.for([
    'smtp://ada:hunter2@mail.example.com',
    'smtps://:hunter2@mail.example.com',
    'smtp://ada:hunter2@localhost',
  ])('%s is refused, and not repeated', async (url) => {
    const error = await failure(load(`  smtp: { url: ${JSON.stringify(url)} },`))
    expect(error).toMatchObject({ code: 'config/secret-in-file', kind: 'usage' })
    expect(`${error.message} ${error.hint}`).not.toContain('hunter2')
    expect(error.hint).toContain('SMTP_URL=')
  })

  test('is refused also when the environment would replace it', async () => {
    const environment = { SMTP_URL: 'smtp://localhost' }
    expect(
      await failure(load(`  smtp: { url: 'smtp://ada:hunter2@mail.example.com' },`, { environment })),
    ).toMatchObject({ code: 'config/secret-in-file' })
  })

  test('is refused before other problems are told', async () => {
    expect(await failure(load(`  colour: 1, smtp: { url: 'smtp://ada:hunter2@mail.example.com' },`))).toMatchObject({
      code: 'config/secret-in-file',
    })
  })

  test('is no matter where there is none', async () => {
    expect((await load(`  smtp: { url: 'smtp://ada@mail.example.com' },`)).config.smtp.url).toBe(
      'smtp://ada@mail.example.com',
    )
  })
})
