import { spawnSync } from 'node:child_process'
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { PINS } from '../../bin/hand-over.js'
import { repository } from '../helpers/source-tree.ts'
import { describeLauncher } from './launcher.contract.ts'

describeLauncher(`the running Node ${process.version}`, process.execPath)

describe('without a Node that starts', () => {
  const pin: string | undefined = (PINS as Record<string, string>)[`${process.platform}-${process.arch}`]
  let folder: string

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'letterpress-launcher-'))
    cpSync(join(repository, 'bin'), join(folder, 'bin'), { recursive: true })
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
    writeFileSync(join(folder, 'go.js'), "import { handOver } from './bin/hand-over.js'\nhandOver(['x.js'])\n")
  })
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true })
  })

  test('says what to install, and ends with 4', () => {
    const { status, stderr } = spawnSync(process.execPath, ['go.js'], { cwd: folder, encoding: 'utf8' })
    expect(status).toBe(4)
    expect(stderr).toMatch(/letterpress needs Node 24 or newer; this is v\d+/)
    expect(stderr).toContain(`No pinned Node is installed for ${process.platform}-${process.arch}. Install Node 24`)
  })

  test.skipIf(!pin || process.platform === 'win32')('names the library that the pinned one lacks', () => {
    pretend('echo "node: error while loading shared libraries: libatomic.so.1: cannot open" >&2; exit 127')
    const { status, stderr } = spawnSync(process.execPath, ['go.js'], { cwd: folder, encoding: 'utf8' })
    expect(status).toBe(4)
    expect(stderr).toContain(
      'The pinned Node does not start: node: error while loading shared libraries: libatomic.so.1',
    )
    expect(stderr).toContain('apt-get install libatomic1')
  })

  test.skipIf(!pin || process.platform === 'win32')('says that the pinned one is not a program', () => {
    pretend('', 0o644)
    const { status, stderr } = spawnSync(process.execPath, ['go.js'], { cwd: folder, encoding: 'utf8' })
    expect(status).toBe(4)
    expect(stderr).toContain('EACCES')
  })

  function pretend(script: string, mode = 0o755): void {
    const home = join(folder, 'node_modules', pin ?? '')
    mkdirSync(join(home, 'bin'), { recursive: true })
    writeFileSync(join(home, 'package.json'), '{ "bin": { "node": "bin/node" } }')
    writeFileSync(join(home, 'bin/node'), `#!/bin/sh\n${script}\n`)
    chmodSync(join(home, 'bin/node'), mode)
  }
})

describe('the repository’s own scripts', () => {
  const run = (...args: string[]) =>
    spawnSync(process.execPath, [join(repository, 'scripts/run.js'), ...args], { encoding: 'utf8' })

  test('see themselves as the main file, with their arguments', () => {
    const { status, stdout } = run(join(repository, 'test/fixtures/process/script.tsx'), 'one', '--two')
    expect(status).toBe(0)
    expect(JSON.parse(stdout)).toEqual({ main: 'script.tsx', args: ['one', '--two'], html: '<p>7</p>', isSource: true })
  })

  test('need a name', () => {
    expect(run()).toMatchObject({ status: 2, stderr: expect.stringContaining('Usage: ') as string })
  })
})
