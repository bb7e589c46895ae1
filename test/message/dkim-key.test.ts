import { createPublicKey, generateKeyPairSync } from 'node:crypto'
import { chmodSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { dkimSign } from 'mailauth/lib/dkim/sign.js'
import { describe, expect, test } from 'vitest'
import { AppError } from '../../src/base/index.ts'
import { buildKeyRecord, readDkimKeys } from '../../src/message/dkim/key.ts'
import { proveSigner } from '../../src/message/dkim/prove.ts'
import { createSigner } from '../../src/message/dkim/signer.ts'
import { makeFolder } from '../helpers/folder.ts'
import { ED25519, ed25519Key, makeSigner, PASSED, pem, RSA, rsaKey, verdicts } from './dkim-make.ts'
import { address, compose, makeReader, makeRendered, withoutUrl } from './make.ts'
import { composeMessage } from '../../src/message/index.ts'

const DKIM = { domain: 'news.example.com', selector: 's1', keyFile: 'keys/rsa.pem' }
const BOTH = { ...DKIM, ed25519: { selector: 'e1', keyFile: 'keys/ed25519.pem' } }
const rsaOf = (modulusLength: number) => pem(generateKeyPairSync('rsa', { modulusLength }).privateKey)

function folder(files: Readonly<Record<string, string>>): string {
  const root = makeFolder(files)
  for (const name of Object.keys(files)) chmodSync(join(root, name), 0o600)
  return root
}

function failureOf(call: () => unknown): AppError {
  try {
    call()
  } catch (error) {
    if (error instanceof AppError) return error
    throw error
  }
  throw new Error('expected an AppError')
}

describe('keys', () => {
  test.for(['pkcs8', 'pkcs1'] as const)('are read from %s, relative to the newsletter', async (type) => {
    const root = folder({ 'keys/rsa.pem': pem(RSA, type), 'keys/ed25519.pem': pem(ED25519) })
    const { keys, warnings } = readDkimKeys(BOTH, root)
    expect(warnings).toEqual([])
    expect(keys.map(({ algorithm, domain, selector }) => [algorithm, domain, selector])).toEqual([
      ['rsa-sha256', 'news.example.com', 's1'],
      ['ed25519-sha256', 'news.example.com', 'e1'],
    ])
    const { raw } = await createSigner(keys).sign(await compose())
    expect(await verdicts(raw)).toEqual(PASSED)
  })

  test('may have text around them, as openssl writes it', () => {
    const root = folder({ 'keys/rsa.pem': `Bag Attributes\n  localKeyID: 1\n${pem(RSA)}\n` })
    expect(readDkimKeys(DKIM, root).keys).toHaveLength(1)
  })

  test.skipIf(process.platform === 'win32')('that everybody can read are warned of', () => {
    const root = folder({ 'keys/rsa.pem': pem(RSA) })
    chmodSync(join(root, 'keys/rsa.pem'), 0o644)
    expect(readDkimKeys(DKIM, root).warnings).toEqual([expect.stringContaining('keys/rsa.pem')])
    chmodSync(join(root, 'keys/rsa.pem'), 0o640)
    expect(readDkimKeys(DKIM, root).warnings).toEqual([])
  })

  test.for([
    ['nothing', '', /no private key in PEM/],
    ['a text', 'hunter2', /no private key in PEM/],
    ['a public key', String(createPublicKey(RSA).export({ format: 'pem', type: 'spki' })), /a public key/],
    ['a certificate', '-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n', /a public key/],
    ['a key cut off', pem(RSA).slice(0, 600), /damaged/],
    ['a key with a wrong letter', pem(RSA).replace('\nM', '\n!'), /damaged/],
    ['an EC key', pem(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey), /of type ec, and an RSA key/],
    ['an Ed25519 key', pem(ED25519), /of type ed25519, and an RSA key/],
    ['an RSA-PSS key', pem(generateKeyPairSync('rsa-pss', { modulusLength: 2048 }).privateKey), /of type rsa-pss/],
    ['a key of 1024 bits', rsaOf(1024), /has 1024 bits, and 2048/],
    ['a key of 1536 bits', rsaOf(1536), /has 1536 bits, and 2048/],
    ['a key of 5120 bits', rsaOf(5120), /need not read more than 4096/],
    [
      'a locked key',
      String(RSA.export({ format: 'pem', type: 'pkcs8', cipher: 'aes-256-cbc', passphrase: 'x' })),
      /a passphrase/,
    ],
  ] as const)('are refused when the file holds %s', ([, text, reason]) => {
    const error = failureOf(() => readDkimKeys(DKIM, folder({ 'keys/rsa.pem': text })))
    expect(error).toMatchObject({ code: 'message/dkim-key-unusable', kind: 'usage' })
    expect(error.message).toMatch(reason)
    expect(error.message).not.toMatch(/MII|hunter2/)
  })

  test('of the second kind are refused when they are of the first', () => {
    const error = failureOf(() =>
      readDkimKeys(BOTH, folder({ 'keys/rsa.pem': pem(RSA), 'keys/ed25519.pem': pem(RSA) })),
    )
    expect(error.message).toMatch(/keys\/ed25519\.pem .*of type rsa, and an Ed25519 key/)
  })

  test('that are not there, or are a folder, are named as written', () => {
    const missing = failureOf(() => readDkimKeys(DKIM, folder({})))
    expect(missing).toMatchObject({ code: 'message/dkim-key-unreadable', kind: 'usage' })
    expect(missing.message).toMatch(/^The DKIM key keys\/rsa\.pem cannot be read: it does not exist/)
    const root = folder({})
    mkdirSync(join(root, 'keys/rsa.pem'), { recursive: true })
    expect(failureOf(() => readDkimKeys(DKIM, root)).message).toMatch(/a folder is where a file should be/)
  })
})

test('a record is what receivers look up', () => {
  const { name, value } = buildKeyRecord(rsaKey)
  expect(name).toBe('s1._domainkey.news.example.com')
  expect(value).toMatch(/^v=DKIM1; k=rsa; p=MIIBIjAN[A-Za-z0-9+/]+QAB$/)
  expect(buildKeyRecord(ed25519Key).value).toMatch(/^v=DKIM1; k=ed25519; p=[A-Za-z0-9+/]{43}=$/)
})

describe('a signer', () => {
  const failing = async (signer: Parameters<typeof proveSigner>[0], message?: { raw: Buffer }) => {
    const error: unknown = await proveSigner(signer, message ?? (await compose())).then(
      () => 'proved',
      (reason: unknown) => reason,
    )
    if (error instanceof AppError) return error
    throw new Error(`expected an AppError, got ${String(error)}`)
  }

  test('of good keys is proved, with a page to unsubscribe and without', async () => {
    await expect(proveSigner(makeSigner(), await compose())).resolves.toBeUndefined()
    const message = await composeMessage(makeRendered(), makeReader(), withoutUrl())
    await expect(proveSigner(makeSigner(), message)).resolves.toBeUndefined()
  })

  test.for([
    ['subdomain', 'mail.news.example.com'],
    ['domain above', 'example.com'],
    ['sibling', 'mail.example.com'],
  ] as const)('may sign with a %s of the sender’s domain', async ([, domain]) => {
    await expect(proveSigner(createSigner([{ ...rsaKey, domain }]), await compose())).resolves.toBeUndefined()
  })

  test.for(['example.net', 'news.example.com.evil.net', 'badexample.com'])(
    'may not sign as %s, which DMARC does not count',
    async (domain) => {
      const error = await failing(createSigner([{ ...rsaKey, domain }]))
      expect(error).toMatchObject({ code: 'message/dkim-not-aligned', kind: 'usage' })
      expect(error.message).toContain(domain)
      expect(error.hint).toContain('news.example.com')
    },
  )

  test('is not proved when one of its keys cannot sign', async () => {
    const publicKey = createPublicKey(ED25519)
    const error = await failing(createSigner([rsaKey, { ...ed25519Key, privateKey: publicKey }]))
    expect(error).toMatchObject({ code: 'message/dkim-not-proved', kind: 'environment' })
    expect(error.message).toMatch(/Nothing was sent\.$/)
  })

  test('is not proved when it leaves a message as it is, or signs another one', async () => {
    const signer = makeSigner()
    const lazy = { ...signer, sign: async <M>(message: M) => await Promise.resolve(message) }
    expect((await failing(lazy)).message).toMatch(/rsa-sha256: none/)
    const half = {
      ...signer,
      sign: async <M extends { raw: Buffer }>(message: M) => await createSigner([rsaKey]).sign(message),
    }
    expect((await failing(half)).message).toMatch(/ed25519-sha256: none/)
    const late: typeof signer = {
      ...signer,
      sign: async (message) => {
        const signed = await signer.sign(message)
        return { ...signed, raw: Buffer.concat([signed.raw, Buffer.from('more\r\n')]) }
      },
    }
    expect((await failing(late)).message).toMatch(/body hash/)
  })

  test('is not proved when one click is left out, as other signers leave it', async () => {
    const signer = makeSigner()
    const other: typeof signer = {
      keys: [rsaKey],
      sign: async (message) => {
        const [algorithm, key] = ['rsa-sha256', pem(RSA)]
        const about = { signingDomain: rsaKey.domain, selector: rsaKey.selector, privateKey: key, algorithm }
        const { signatures } = await dkimSign(message.raw, { ...about, signatureData: [about] })
        return { ...message, raw: Buffer.concat([Buffer.from(signatures), message.raw]) }
      },
    }
    expect((await failing(other)).message).toMatch(/rsa-sha256: list-unsubscribe-post is not covered/)
  })

  test('is not proved by keys whose public half is another one’s', async () => {
    const other = generateKeyPairSync('ed25519').privateKey
    const signer = createSigner([rsaKey, ed25519Key])
    const mixed = {
      keys: [rsaKey, { ...ed25519Key, privateKey: other }] as const,
      sign: async <M extends { raw: Buffer }>(message: M) => await signer.sign(message),
    }
    expect((await failing(mixed)).message).toMatch(/ed25519-sha256: bad signature/)
  })

  test('is not proved by a message from another sender', async () => {
    const from = { name: '', address: address('ada@example.org') }
    expect(await failing(makeSigner(), await compose({ options: { from } }))).toMatchObject({
      code: 'message/dkim-not-aligned',
    })
  })
})
