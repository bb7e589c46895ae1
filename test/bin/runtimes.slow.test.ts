import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { fetchNode } from '../../scripts/fetch-node.ts'
import { repository } from '../helpers/source-tree.ts'
import { describeLauncher } from './launcher.contract.ts'

/** The oldest Node that the launcher starts on, what Debian has, the first and the newest that the sources run on. */
const VERSIONS = ['18.20.8', '20.20.2', '24.0.0', '26.10.0']

for (const version of VERSIONS) {
  const node = fetchNode(version)
  describeLauncher(`Node ${version}`, node)

  test(`checks an issue when Node ${version} starts it, and says nothing else`, () => {
    const args = [join(repository, 'bin/letterpress.js'), 'check', '2024-w11-llm-papers']
    const { status, stdout, stderr } = spawnSync(node, args, { cwd: repository, encoding: 'utf8' })
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(stdout).toContain('no problems')
  })
}
