import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { AppError, explainFileError, messageOf } from '../../base/index.ts'
import { dkimKeyUnreadable, dkimKeyUnusable } from '../errors.ts'
import type { DkimOptions } from '../options.ts'

export type Algorithm = 'rsa-sha256' | 'ed25519-sha256'

/** A private key with the name its public half is published under. */
export interface DkimKey {
  readonly algorithm: Algorithm
  /** A-labels. */
  readonly domain: string
  readonly selector: string
  readonly privateKey: KeyObject
}

/** The keys of a newsletter. */
export interface DkimKeys {
  /** RSA first. */
  readonly keys: readonly [DkimKey, ...DkimKey[]]
  /** Sentences for the author: what is allowed and unwise. */
  readonly warnings: readonly string[]
}

/** RFC 8301 §3.2: signers should use 2048 at least, and verifiers need not take more than 4096. */
const RSA_BITS = { min: 2048, max: 4096 }
const WORLD_READABLE = 0o004

/**
 * Reads the keys that the configuration names.
 *
 * @param root - absolute path that key files are relative to.
 * @throws AppError `message/dkim-key-unreadable`, `message/dkim-key-unusable`
 */
export function readDkimKeys({ domain, selector, keyFile, ed25519 }: DkimOptions, root: string): DkimKeys {
  const rsa = readKey(keyFile, 'rsa-sha256', root)
  const second = ed25519 && readKey(ed25519.keyFile, 'ed25519-sha256', root)
  return {
    keys: [
      { algorithm: 'rsa-sha256', domain, selector, privateKey: rsa.privateKey },
      ...(ed25519 && second
        ? [{ algorithm: 'ed25519-sha256', domain, selector: ed25519.selector, privateKey: second.privateKey } as const]
        : []),
    ],
    warnings: [...rsa.warnings, ...(second?.warnings ?? [])],
  }
}

/**
 * The TXT record that receivers need to verify with a key.
 *
 * @returns value in one piece; DNS has it in strings of at most 255 octets.
 * @see RFC 6376 §3.6.1, RFC 8463 §4
 */
export function buildKeyRecord({ algorithm, domain, selector, privateKey }: DkimKey): { name: string; value: string } {
  const der = createPublicKey(privateKey).export({ format: 'der', type: 'spki' })
  // Ed25519 is published as its last 32 octets, without the frame that names it.
  const [type, bytes] = algorithm === 'rsa-sha256' ? ['rsa', der] : ['ed25519', der.subarray(-32)]
  return { name: `${selector}._domainkey.${domain}`, value: `v=DKIM1; k=${type}; p=${bytes.toString('base64')}` }
}

function readKey(file: string, algorithm: Algorithm, root: string): { privateKey: KeyObject; warnings: string[] } {
  const path = resolve(root, file)
  let pem: string
  let mode: number
  try {
    pem = readFileSync(path, 'utf8')
    ;({ mode } = statSync(path))
  } catch (error) {
    const reason = explainFileError(error)?.reason ?? messageOf(error)
    const hint = dkimKeyUnreadable.hint()
    throw new AppError(dkimKeyUnreadable.code, dkimKeyUnreadable.message(file, reason), {
      kind: 'usage',
      hint,
      cause: error,
    })
  }
  const privateKey = parseKey(pem, file)
  const problem = findProblem(privateKey, algorithm)
  if (problem) throw unusable(file, problem)
  const isOpen = process.platform !== 'win32' && (mode & WORLD_READABLE) !== 0
  const warning = `Everybody on this machine can read the DKIM key ${file}; chmod 600 it.`
  return { privateKey, warnings: isOpen ? [warning] : [] }
}

function parseKey(pem: string, file: string): KeyObject {
  if (!/-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----/.test(pem)) {
    const isOther = /-----BEGIN (?:[A-Z0-9 ]*PUBLIC KEY|CERTIFICATE)-----/.test(pem)
    throw unusable(file, isOther ? 'it holds a public key, which cannot sign' : 'it holds no private key in PEM')
  }
  try {
    return createPrivateKey(pem)
  } catch (error) {
    const isLocked = (error as NodeJS.ErrnoException).code === 'ERR_MISSING_PASSPHRASE' || pem.includes('ENCRYPTED')
    throw unusable(file, isLocked ? 'it is locked with a passphrase' : 'it is damaged or of an unknown kind', error)
  }
}

function findProblem(key: KeyObject, algorithm: Algorithm): string | undefined {
  const wanted = algorithm === 'rsa-sha256' ? 'rsa' : 'ed25519'
  const { asymmetricKeyType: type = 'unknown', asymmetricKeyDetails: details } = key
  if (type !== wanted) {
    const names = { rsa: 'an RSA key', ed25519: 'an Ed25519 key' }
    return `it is of type ${type}, and ${names[wanted]} is needed here`
  }
  const bits = details?.modulusLength ?? 0
  if (wanted === 'ed25519' || (bits >= RSA_BITS.min && bits <= RSA_BITS.max)) return undefined
  return bits < RSA_BITS.min
    ? `it has ${bits} bits, and ${RSA_BITS.min} is the least that receivers trust`
    : `it has ${bits} bits, and receivers need not read more than ${RSA_BITS.max}`
}

function unusable(file: string, why: string, cause?: unknown): AppError {
  const { code, message, hint } = dkimKeyUnusable
  return new AppError(code, message(file, why), { kind: 'usage', hint: hint(), cause })
}
