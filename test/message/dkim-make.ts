import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { dkimVerify } from 'mailauth/lib/dkim/verify.js'
import { buildKeyRecord, type DkimKey } from '../../src/message/dkim/key.ts'
import { createSigner, type Signer } from '../../src/message/dkim/signer.ts'

const DOMAIN = 'news.example.com'
/** Made once: an RSA key takes a third of a second. */
export const RSA: KeyObject = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
export const ED25519: KeyObject = generateKeyPairSync('ed25519').privateKey

export const rsaKey: DkimKey = { algorithm: 'rsa-sha256', domain: DOMAIN, selector: 's1', privateKey: RSA }
export const ed25519Key: DkimKey = { algorithm: 'ed25519-sha256', domain: DOMAIN, selector: 'e1', privateKey: ED25519 }

/** Both kinds. */
export function makeSigner(): Signer {
  return createSigner([rsaKey, ed25519Key])
}

export function pem(key: KeyObject, type: 'pkcs8' | 'pkcs1' = 'pkcs8'): string {
  return String(key.export({ format: 'pem', type }))
}

/** What a verifier that is not ours says of each signature: `rsa-sha256 pass`. */
export async function verdicts(raw: Buffer, keys: readonly DkimKey[] = [rsaKey, ed25519Key]): Promise<string[]> {
  const records = new Map(keys.map(buildKeyRecord).map(({ name, value }) => [name, value]))
  const resolver = async (name: string) => await Promise.resolve([[records.get(name) ?? '']])
  const { results } = await dkimVerify(raw, { resolver, strict: true })
  return results.map(({ algo, status }) => `${algo} ${status.result}`)
}

export const PASSED = ['rsa-sha256 pass', 'ed25519-sha256 pass']

/** Puts a line in front of the field that begins with this name, or of the body. */
export function insertBefore(raw: Buffer, name: string, line: string): Buffer {
  const text = raw.toString('latin1')
  const at = text.indexOf(`\r\n${name}:`) + 2
  return Buffer.from(`${text.slice(0, at)}${line}\r\n${text.slice(at)}`, 'latin1')
}
