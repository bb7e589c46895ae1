import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { estimateBits } from '../../src/doctor/strength.ts'

test.for([
  ['base64url', 32],
  ['base64', 32],
  ['hex', 16],
  ['hex', 32],
] as const)('calls no random secret in %s weak (%i bytes)', ([encoding, bytes]) => {
  const weakest = Math.min(...Array.from({ length: 5000 }, () => estimateBits(randomBytes(bytes).toString(encoding))))
  expect(weakest).toBeGreaterThanOrEqual(128)
})

test.for([
  'a'.repeat(64),
  'abcdefghijklmnopqrstuvwxyz0123456789',
  'secret-secret-secret-secret-secret-secret',
  'change-me-change-me-change-me-change-me',
  '1234567890123456789012345678901234567890',
  'xyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxy',
  'letterpress-newsletter-secret-example',
  'qwertqwertqwertqwertqwertqwertqwert',
  'short',
  '',
  '19450508194505081945050819450508',
])('calls %s weak', (secret) => {
  expect(estimateBits(secret)).toBeLessThan(128)
})
