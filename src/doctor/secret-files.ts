import { existsSync } from 'node:fs'
import { relative, resolve, sep } from 'node:path'
import type { DoctorContext } from './probe.ts'

/** Files that hold secrets, relative to the root, `/` between folders: `.env` and the keys; those that are there. */
export function listSecretFiles({ newsletter: { dkim }, services: { root } }: DoctorContext): string[] {
  const named = ['.env', dkim?.keyFile, dkim?.ed25519?.keyFile]
  return named
    .filter((file) => file !== undefined)
    .map((file) => resolve(root, file))
    .filter((path) => existsSync(path))
    .map((path) => relative(root, path).split(sep).join('/'))
}

/** What must stand nowhere else: the secret, and the password of the SMTP account. */
export function listSecretValues({ newsletter: { smtp }, services: { secret } }: DoctorContext): string[] {
  const url = smtp && URL.canParse(smtp.url) ? new URL(smtp.url) : undefined
  const passwords = url ? [url.password, decode(url.password)] : []
  // A short word stands in many files for reasons of its own.
  return [...new Set([secret?.value ?? '', ...passwords])].filter((text) => text.length >= 8 && !/[\r\n]/.test(text))
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
