import { AppError, messageOf } from '../../base/index.ts'
import { dkimNotAligned, dkimNotProved } from '../errors.ts'
import { buildKeyRecord } from './key.ts'
import type { Signer } from './signer.ts'

/** RFC 8058 §4: receivers honour one click only when both are covered. */
const ONE_CLICK = ['list-unsubscribe', 'list-unsubscribe-post']

interface Unsigned {
  readonly raw: Buffer
}

/**
 * Signs a message and lets a verifier that is not ours read it, with the public half of each key as its DNS record:
 * before the first mail leaves, for afterwards nobody would notice.
 *
 * @param message - a real one of the run, unsigned.
 * @throws AppError `message/dkim-not-proved`, `message/dkim-not-aligned`
 */
export async function proveSigner(signer: Signer, message: Unsigned): Promise<void> {
  const { results, headerFrom } = await verify(signer, message)
  const head = message.raw.toString('latin1', 0, message.raw.indexOf('\r\n\r\n')).toLowerCase()
  const needed = ONE_CLICK.filter((name) => head.includes(`\r\n${name}:`))
  for (const { algorithm, domain, selector } of signer.keys) {
    const result = results.find((each) => each.algo === algorithm && each.selector === selector)
    const { result: verdict = 'none', comment, aligned } = result?.status ?? {}
    if (verdict !== 'pass') throw notProved(`${algorithm}: ${comment ?? verdict}`)
    const covered = (result?.signingHeaders?.keys ?? '').toLowerCase().split(/\s*:\s*/)
    const missing = needed.find((name) => !covered.includes(name))
    if (missing) throw notProved(`${algorithm}: ${missing} is not covered`)
    if (!aligned) throw notAligned(domain, headerFrom[0]?.split('@').pop() ?? '')
  }
}

async function verify(signer: Signer, message: Unsigned) {
  try {
    const records = new Map(signer.keys.map(buildKeyRecord).map(({ name, value }) => [name, value]))
    const signed = await signer.sign(message)
    const { dkimVerify } = await import('mailauth/lib/dkim/verify.js')
    // As node:dns resolves: a list of records, each a list of strings.
    const resolver = async (name: string) => await Promise.resolve([[records.get(name) ?? '']])
    return await dkimVerify(signed.raw, { resolver, strict: true })
  } catch (error) {
    throw notProved(messageOf(error), error)
  }
}

function notProved(reason: string, cause?: unknown): AppError {
  const { code, message, hint } = dkimNotProved
  return new AppError(code, message(reason), { kind: 'environment', hint: hint(), cause })
}

function notAligned(domain: string, from: string): AppError {
  const { code, message, hint } = dkimNotAligned
  return new AppError(code, message(domain, from), { kind: 'usage', hint: hint(from) })
}
