import { describe, expect, test } from 'vitest'
import { ConfigSchema, listVariables, toVariable } from '../../src/config/index.ts'
import { failure, load, problems } from './make.ts'

describe('in rising order', () => {
  test('the file, .env, the environment', async () => {
    const file = `  language: 'de', smtp: { connections: 1 },`
    const dotEnv = 'LETTERPRESS_SMTP_CONNECTIONS=2\n'
    const environment = { LETTERPRESS_SMTP_CONNECTIONS: '3' }
    expect((await load(file)).config.smtp.connections).toBe(1)
    expect((await load(file, { dotEnv })).config.smtp.connections).toBe(2)
    expect((await load(file, { environment })).config.smtp.connections).toBe(3)
    const both = await load(file, { dotEnv, environment })
    expect(both.config).toMatchObject({ language: 'de', smtp: { connections: 3 } })
  })

  test('LETTERPRESS_URL and SMTP_URL too', async () => {
    const { config } = await load(`  url: 'https://a.example.com',`, {
      dotEnv: 'SMTP_URL=smtp://b.example.com\n',
      environment: { LETTERPRESS_URL: 'https://c.example.com/' },
    })
    expect(config).toMatchObject({ url: 'https://c.example.com', smtp: { url: 'smtp://b.example.com' } })
  })

  test('and an empty variable of the environment switches off what .env says', async () => {
    const { config } = await load('', {
      dotEnv: 'SMTP_URL=smtp://ada:hunter2@mail.example.com\n',
      environment: { SMTP_URL: '' },
    })
    expect(config.smtp.url).toBeUndefined()
  })
})

describe('every option but records has a variable', () => {
  test.for([
    ['LETTERPRESS_NAME', 'Other', ['name']],
    ['LETTERPRESS_FROM', 'Bob <bob@example.com>', ['from', 'address'], 'bob@example.com'],
    ['LETTERPRESS_REPLY_TO', 'bob@example.com', ['replyTo', 'address']],
    ['LETTERPRESS_URL', 'https://x.example.com', ['url']],
    ['LETTERPRESS_POSTAL_ADDRESS', '1 Street', ['postalAddress']],
    ['LETTERPRESS_REASON', 'Because.', ['reason']],
    ['LETTERPRESS_LANGUAGE', 'ar', ['language']],
    ['LETTERPRESS_TEMPLATE', 'classic', ['template']],
    ['LETTERPRESS_THEME', './theme.ts', ['theme']],
    ['LETTERPRESS_SMTP_URL', 'smtp://localhost', ['smtp', 'url']],
    ['LETTERPRESS_SMTP_CONNECTIONS', '7', ['smtp', 'connections'], 7],
    ['SMTP_URL', 'smtp://localhost', ['smtp', 'url']],
  ] as const)('%s=%s', async ([variable, text, path, value = text]) => {
    const { config } = await load('', { environment: { [variable]: text } })
    let found: unknown = config
    for (const key of path) found = (found as Record<string, unknown>)[key]
    expect(found).toBe(value)
  })

  test('and its name is the path in upper snake case', () => {
    expect(toVariable(['limits', 'perSecond'])).toBe('LETTERPRESS_LIMITS_PER_SECOND')
    expect(toVariable(['checks', 'link-shortener'])).toBe('LETTERPRESS_CHECKS_LINK_SHORTENER')
    const names = [...listVariables(ConfigSchema).keys()]
    expect(names.every((name) => /^(?:LETTERPRESS(?:_[A-Z0-9]+)+|SMTP_URL|DATABASE_URL)$/.test(name))).toBe(true)
    expect(names).not.toContain('LETTERPRESS_BLOCKS')
  })

  test('a check can be switched off by its variable', async () => {
    const { config } = await load('', { environment: { LETTERPRESS_CHECKS_LINK_SHORTENER: 'off' } })
    expect(config.checks['link-shortener']).toBe('off')
  })
})

describe('a text stays a text', () => {
  test.for(['2024', '-1', '3.14', 'true', 'false', 'null', '{}', '1e3', '٣'])('when it is %s', async (text) => {
    expect((await load('', { environment: { LETTERPRESS_NAME: text } })).config.name).toBe(text)
  })

  test.for(['many', '1e1', '0x5', '5 ', '', 'NaN', 'Infinity', '١', '5,0'].filter(Boolean))(
    'and %j is no number',
    async (text) => {
      expect((await problems(load('', { environment: { LETTERPRESS_SMTP_CONNECTIONS: text } })))[0]).toMatch(
        /^smtp\.connections: /,
      )
    },
  )

  test('and 0 does not switch a limit off', async () => {
    expect(await problems(load('', { environment: { LETTERPRESS_SMTP_CONNECTIONS: '0' } }))).toHaveLength(1)
  })
})

describe('.env', () => {
  test.for([
    ['quotes and comments', '# mail\nexport SMTP_URL="smtp://a.example.com" # here\n', 'smtp://a.example.com'],
    ['CRLF', 'A=1\r\nSMTP_URL=smtp://a.example.com\r\n', 'smtp://a.example.com'],
    ['a byte order mark', '\u{feff}SMTP_URL=smtp://a.example.com\n', 'smtp://a.example.com'],
    ['no line end', 'SMTP_URL=smtp://a.example.com', 'smtp://a.example.com'],
    ['nothing', '', undefined],
    ['nonsense', '=\n\u{0}\nSMTP_URL\n', undefined],
  ] as const)('is read with %s', async ([, dotEnv, url]) => {
    expect((await load('', { dotEnv })).config.smtp.url).toBe(url)
  })
})

describe('env() in the file', () => {
  test('takes the variable from .env or the environment', async () => {
    const file = `  smtp: { url: env('MY_SMTP') }, replyTo: env('MY_REPLY') as never,`
    const { config } = await load(file, {
      dotEnv: 'MY_SMTP=smtp://ada:hunter2@a.example.com\nMY_REPLY=a@example.com\n',
      environment: { MY_REPLY: 'b@example.com' },
    })
    expect(config.smtp.url).toBe('smtp://ada:hunter2@a.example.com')
    expect(config.replyTo?.address).toBe('b@example.com')
  })

  test('is nothing where the variable is missing or empty', async () => {
    const { config } = await load(`  smtp: { url: env('MY_SMTP') },`, { environment: { MY_SMTP: '' } })
    expect(config.smtp.url).toBeUndefined()
    for (const name of ['constructor', '__proto__', 'toString']) {
      expect((await load(`  smtp: { url: env('${name}') },`)).config.smtp.url).toBeUndefined()
    }
  })

  test('stays hidden when something else is wrong', async () => {
    const dotEnv = 'SMTP_URL=smtp://ada:hunter2@mail.example.com\nLETTERPRESS_SECRET=swordfish\n'
    const error = await failure(
      load(`  smtp: { url: env('SMTP_URL'), connections: 'x' as never }, colour: 1,`, { dotEnv }),
    )
    expect(`${error.message}${error.hint}${String(error.cause)}`).not.toMatch(/hunter2|swordfish/)
  })

  test('works deep inside lists and blocks', async () => {
    const { config } = await load(`  blocks: { ebook: { type: 'promo', url: env('EBOOK'), list: [env('EBOOK')] } },`, {
      environment: { EBOOK: 'https://example.com' },
    })
    expect(config.blocks['ebook']).toEqual({ type: 'promo', url: 'https://example.com', list: ['https://example.com'] })
  })
})
