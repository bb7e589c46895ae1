import { writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isSafeName, isSlug, type Preview, startPreview } from '../../src/preview/index.ts'
import { createFolderStudio, type FolderStudio } from './folder-studio.ts'

const SECRET = 'the-secret-of-this-machine'

describe('hostile requests', () => {
  let studio: FolderStudio
  let preview: Preview
  let asked: string[] = []

  beforeAll(async () => {
    studio = await createFolderStudio()
    await studio.write('w11', ['Papers', SECRET])
    await writeFile(join(studio.root, 'secret.txt'), SECRET)
    const { services } = studio
    // Nothing hostile may get as far as the services, whatever they would make of it.
    preview = await startPreview(
      {
        ...services,
        inspect: async (slug) => {
          asked.push(slug)
          return await services.inspect(slug)
        },
        readImage: async (slug, name) => {
          asked.push(`${slug} ${name}`)
          return await services.readImage(slug, name)
        },
        readMessage: async (id) => {
          asked.push(id)
          return await services.readMessage(id)
        },
      },
      { port: 0, host: '127.0.0.1' },
    )
  })
  afterAll(async () => {
    await preview.close()
    await studio.remove()
  })

  const ask = async (head: readonly string[]): Promise<string> => {
    asked = []
    return await sendRaw(
      preview.port,
      head.map((line) => line.replaceAll('PORT', String(preview.port))),
    )
  }

  test('a plain one is answered', async () => {
    expect(await ask(['GET /api/issues/w11 HTTP/1.1', 'Host: 127.0.0.1:PORT'])).toMatch(
      /^HTTP\/1\.1 200 [\s\S]*the-secret/,
    )
    expect(asked).toEqual(['w11'])
  })

  test.for(['localhost:PORT', 'LOCALHOST:PORT', '[::1]:PORT'])('the host %s is ours', async (host) => {
    expect(await ask(['GET /api/issues/w11 HTTP/1.1', `Host: ${host}`])).toMatch(/^HTTP\/1\.1 200 /)
  })

  test('a link on another site opens the page', async () => {
    const headers = ['Sec-Fetch-Site: cross-site', 'Sec-Fetch-Mode: navigate', 'Sec-Fetch-Dest: document']
    expect(await ask(['GET / HTTP/1.1', 'Host: localhost:PORT', ...headers])).toMatch(/^HTTP\/1\.1 200 /)
  })

  const HEADERS: readonly (readonly [string, readonly string[]])[] = [
    ['a name rebound to this machine', ['Host: evil.example:PORT']],
    ['a host that begins like ours', ['Host: localhost.evil.example:PORT']],
    ['a host that ends like ours', ['Host: evil-localhost:PORT']],
    ['a host with a final dot', ['Host: localhost.:PORT']],
    ['a host without port', ['Host: localhost']],
    ['another port', ['Host: localhost:1']],
    ['a host with user', ['Host: user@localhost:PORT']],
    ['another loopback address', ['Host: 127.0.0.2:PORT']],
    ['a decimal address', ['Host: 2130706433:PORT']],
    ['no host', []],
    ['an empty host', ['Host: ']],
    ['two hosts', ['Host: localhost:PORT', 'Host: evil.example']],
    ['two equal hosts', ['Host: localhost:PORT', 'Host: localhost:PORT']],
    ['a forwarded host', ['Host: evil.example', 'X-Forwarded-Host: localhost:PORT']],
    ['the origin of another site', ['Host: localhost:PORT', 'Origin: https://evil.example']],
    ['the origin of another port', ['Host: localhost:PORT', 'Origin: http://localhost:3000']],
    ['our origin with https', ['Host: localhost:PORT', 'Origin: https://localhost:PORT']],
    ['an opaque origin', ['Host: localhost:PORT', 'Origin: null']],
    ['an empty origin', ['Host: localhost:PORT', 'Origin: ']],
    ['an origin with a path', ['Host: localhost:PORT', 'Origin: http://localhost:PORT/a']],
    [
      'an image on another site',
      ['Host: localhost:PORT', 'Sec-Fetch-Site: cross-site', 'Sec-Fetch-Mode: no-cors', 'Sec-Fetch-Dest: image'],
    ],
    [
      'a script on another site',
      ['Host: localhost:PORT', 'Sec-Fetch-Site: cross-site', 'Sec-Fetch-Mode: no-cors', 'Sec-Fetch-Dest: script'],
    ],
    [
      'a frame on another site',
      ['Host: localhost:PORT', 'Sec-Fetch-Site: cross-site', 'Sec-Fetch-Mode: navigate', 'Sec-Fetch-Dest: iframe'],
    ],
    ['another server on localhost', ['Host: localhost:PORT', 'Sec-Fetch-Site: same-site', 'Sec-Fetch-Mode: cors']],
  ]
  test.for(HEADERS)('%s is refused', async ([, headers]) => {
    const answer = await ask(['GET /api/issues/w11 HTTP/1.1', ...headers])
    expect(answer).toMatch(/^HTTP\/1\.1 40[03] /)
    expect(answer).not.toContain(SECRET)
    expect(asked).toEqual([])
  })

  const TARGETS: readonly string[] = [
    '/issues/w11/images/..%2f..%2fsecret.txt',
    '/issues/w11/images/%2e%2e%2f%2e%2e%2fsecret.txt',
    '/issues/w11/images/..%5c..%5csecret.txt',
    '/issues/w11/images/..\\..\\secret.txt',
    '/issues/w11/images/../../secret.txt',
    '/issues/w11/images/%2e%2e/%2e%2e/secret.txt',
    '/issues/w11/images/.%2e/secret.txt',
    '/issues/w11/images/%2e%2e',
    '/issues/w11/images/%252e%252e%252fsecret.txt',
    '/issues/w11/images/..%c0%afsecret.txt',
    '/issues/w11/images/secret.txt%00.png',
    '/issues/w11/images/a%0d%0aX-Evil:%201.png',
    '/issues/w11/images/.env',
    '/issues/w11/images/C:%5cWindows%5cwin.ini',
    '/issues/w11/images/c:secret.png',
    '/issues/w11/images/secret.txt::$DATA',
    '/issues/w11/images/%2fetc%2fpasswd',
    '/issues/w11/images/%E2%80%AEgnp.txt',
    '/issues/..%2f..%2fsecret.txt/images/a.png',
    '/issues/../secret.txt',
    '/mail/..%2fw11',
    '/mail/%2e%2e%2fissues%2fw11',
    '/mail/.%2fw11',
    '/mail/w11%2f',
    '/mail/w11/',
    '/mail//w11',
    '//evil.example/mail/w11',
    '/mail/w11%',
    '/mail/%ff',
    '/inbox/..%2fsecret/mail',
    '/inbox/.000001.tmp/mail',
    '/api/issues/__proto__%00',
    '/api/issues/w11#x',
    '/api/issues/wé11',
    'http://evil.example/api/issues/w11',
    'http://localhost:PORT/api/issues/w11',
    '*',
    `/api/issues/${'a'.repeat(3000)}`,
    `/api/issues/${'a'.repeat(256)}`,
    `/api/issues/w11?${'a'.repeat(3000)}`,
  ]
  test.for(TARGETS)('the address %s leads nowhere', async (target) => {
    const answer = await ask([`GET ${target} HTTP/1.1`, 'Host: localhost:PORT'])
    expect(answer).toMatch(/^HTTP\/1\.1 4(?:00|04|14) /)
    expect(answer).not.toContain(SECRET)
    expect(answer).not.toMatch(/^X-Evil/m)
    expect(asked).toEqual([])
  })

  test.for(['__proto__', 'constructor', 'hasOwnProperty', 'w11.', '%20w11', 'a'.repeat(255)])(
    'the name %s is a name like any other',
    async (name) => {
      expect(await ask([`GET /api/issues/${name} HTTP/1.1`, 'Host: localhost:PORT'])).toMatch(/^HTTP\/1\.1 404 /)
    },
  )

  test.for(['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND', 'QUERY'])(
    '%s is refused in words',
    async (method) => {
      const answer = await ask([`${method} /api/issues/w11 HTTP/1.1`, 'Host: localhost:PORT', 'Content-Length: 0'])
      expect(answer).toMatch(/^HTTP\/1\.1 40[035] /)
      expect(answer).not.toContain(SECRET)
      expect(answer).not.toMatch(/access-control/i)
      expect(asked).toEqual([])
    },
  )

  test('405 names what is allowed', async () => {
    const answer = await ask(['POST / HTTP/1.1', 'Host: localhost:PORT', 'Content-Length: 3', '', 'a=1'])
    expect(answer).toMatch(/^HTTP\/1\.1 405 [\s\S]*^Allow: GET, HEAD\r$[\s\S]*answers GET and HEAD, not POST/m)
  })

  test('an upgrade or a tunnel gets nothing', async () => {
    const upgrade = [
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
    ]
    expect(await ask(['GET /events HTTP/1.1', 'Host: evil.example', ...upgrade])).toMatch(/^HTTP\/1\.1 403 /)
    expect(await ask(['CONNECT evil.example:80 HTTP/1.1', 'Host: evil.example:80'])).not.toMatch(/ 200 /)
  })

  test('headers that never end are cut off', async () => {
    expect(await ask(['GET / HTTP/1.1', 'Host: localhost:PORT', `X-Long: ${'a'.repeat(40_000)}`])).toMatch(
      /^HTTP\/1\.1 431 /,
    )
  })
})

test.for([
  '2024-w11-llm-papers',
  'Größe',
  '今週',
  'مرحبا',
  'my issue (1)',
  'a.b',
  'logo-0123456789ab.png',
  "what's-new",
])('%s is a name', (name) => {
  expect(isSafeName(name)).toBe(true)
})

test.for([
  '',
  '.',
  '..',
  '.env',
  'a..b',
  'a/b',
  'a\\b',
  'a\0b',
  'a\nb',
  'a:b',
  'a ',
  'a.',
  ' a',
  '-rf',
  '~root',
  'a\u202Eb',
  'a'.repeat(201),
])('%j is none', (name) => {
  expect(isSafeName(name)).toBe(false)
})

test.for(['q&a #1', '100% sure', '[x]', 'a:b', '-dash', 'w20..x', 'a ', '%2e%2e', 'what?', '今週'])(
  '%s can be the name of an issue',
  (name) => {
    expect(isSlug(name)).toBe(true)
  },
)

test.for(['', '.', '..', '.hidden', 'a/b', 'a\\b', 'a\0b', '../a', 'a'.repeat(256)])('%j cannot', (name) => {
  expect(isSlug(name)).toBe(false)
})

/** Over a socket, since every HTTP client mends addresses before it sends them. */
async function sendRaw(port: number, lines: readonly string[]): Promise<string> {
  const [first = '', ...rest] = lines
  const hasBody = rest.includes('')
  const text = [first, 'Connection: close', ...rest, ...(hasBody ? [] : ['', ''])].join('\r\n')
  return await new Promise((resolve) => {
    let answer = ''
    const socket = connect(port, '127.0.0.1', () => socket.write(text))
    socket.setEncoding('utf8').on('data', (part) => {
      answer += String(part)
    })
    socket.on('error', () => resolve(answer))
    socket.on('close', () => resolve(answer))
  })
}
