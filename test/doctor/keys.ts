import { createPublicKey, generateKeyPairSync } from 'node:crypto'

const pem = (key: ReturnType<typeof makeRsa>['privateKey']) => key.export({ type: 'pkcs8', format: 'pem' }).toString()
const makeRsa = (bits: number) => generateKeyPairSync('rsa', { modulusLength: bits })
const toSpki = (key: string) => createPublicKey(key).export({ type: 'spki', format: 'der' }).toString('base64')

/** Keys of the newsletter that the zones are about. */
export const RSA = pem(makeRsa(2048).privateKey)
export const ED25519 = pem(generateKeyPairSync('ed25519').privateKey)
/** Public halves as DNS has them. */
export const RSA_PUBLIC = toSpki(RSA)
export const OTHER_PUBLIC = toSpki(pem(makeRsa(2048).privateKey))
export const WEAK_PUBLIC = toSpki(pem(makeRsa(1024).privateKey))
export const ED25519_PUBLIC = createPublicKey(ED25519)
  .export({ type: 'spki', format: 'der' })
  .subarray(-32)
  .toString('base64')
