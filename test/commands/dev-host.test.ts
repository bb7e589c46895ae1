import { networkInterfaces } from 'node:os'
import { expect, test } from 'vitest'
import { listOutsideUrls } from '../../src/preview/guard.ts'
import { startDev } from '../helpers/dev.ts'
import { makeNewsletter } from '../helpers/newsletter.ts'

test('dev says who can open it when it listens beyond this machine', async () => {
  const dev = await startDev(makeNewsletter({}), ['--host', '0.0.0.0'])
  expect(await dev.stop()).toBe(0)
  expect(dev.stderr()).toMatch(/everybody on that network can open it, read the drafts and the list of readers/)
  const quiet = await startDev(makeNewsletter({}))
  expect(await quiet.stop()).toBe(0)
  expect(quiet.stderr()).not.toContain('network')
})

test('names the addresses of this machine that others reach', () => {
  const own = Object.values(networkInterfaces()).flatMap((list) => list ?? [])
  const outside = own.filter(({ internal, family }) => !internal && family === 'IPv4')
  expect(listOutsideUrls('0.0.0.0', 4300)).toEqual(outside.map(({ address }) => `http://${address}:4300`))
  for (const host of ['127.0.0.1', '127.0.0.2', 'localhost', '::1']) expect(listOutsideUrls(host, 4300)).toEqual([])
  expect(listOutsideUrls('192.168.1.5', 4300)).toEqual(['http://192.168.1.5:4300'])
  expect(listOutsideUrls('fe80::1', 4300)).toEqual(['http://[fe80::1]:4300'])
})
