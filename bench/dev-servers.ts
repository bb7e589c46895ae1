/** Starts the two previews that bench/dev.ts compares, each on its own copy of the newsletter. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'

const repository = fileURLToPath(new URL('..', import.meta.url))
const EMAIL_VERSION = '6.11.6'

/** A preview with a newsletter of its own. */
export interface Contender {
  readonly name: string
  /** Folder of its newsletter. */
  readonly root: string
  /** What the saves write to. */
  readonly data: Target
  readonly component: Target
  start(): Promise<PreviewServer>
  remove(): void
}

/** A preview that runs, or is about to. */
export interface PreviewServer {
  /** Page that shows the mail. */
  readonly url: string
  /** When its process was started, in milliseconds since 1970. */
  readonly startedAt: number
  /** Memory of the process and all below it. */
  measureBytes(): number
  stop(): Promise<void>
}

/** A file, and how a mark gets into it so that the mail shows it. */
export interface Target {
  readonly file: string
  put(source: string, mark: string): string
}

const ISSUE = 'issues/2024-w11-llm-papers.md'

/** @param issues - files in the folder besides those of the repository. */
export function prepareLetterpress(issues = 0): Contender {
  const root = mkdtempSync(join(tmpdir(), 'letterpress-bench-'))
  for (const name of ['emails', 'issues', 'letterpress.config.ts', 'readers.yaml'])
    cpSync(join(repository, name), join(root, name), { recursive: true })
  // Not the whole folder: it holds the cache, and a newsletter has its own.
  mkdirSync(join(root, 'node_modules'))
  for (const name of ['react', 'react-dom', 'react-email', 'zod'])
    symlinkSync(join(repository, 'node_modules', name), join(root, 'node_modules', name))
  const source = readFileSync(join(root, ISSUE), 'utf8')
  for (let number = 0; number < issues; number++) {
    const year = 1900 + Math.floor(number / 50)
    const week = String((number % 50) + 1).padStart(2, '0')
    const text = source.replace(/^week: .*$/m, `week: ${year}-W${week}`).replace(/^id: .*\n/m, '')
    writeFileSync(join(root, 'issues', `copy-${number}.md`), text)
  }
  return {
    name: issues === 0 ? 'letterpress dev' : `letterpress dev, ${issues} issues more`,
    root,
    data: { file: ISSUE, put: (source, mark) => source.replace(/^title: .*$/m, `title: Papers ${mark}`) },
    component: markComponent('emails/components/masthead.tsx'),
    start: async () => {
      const port = await findPort()
      const args = [join(repository, 'bin', 'letterpress.js'), 'dev', '--port', String(port), '--no-open']
      return { url: `http://127.0.0.1:${port}/#/issues/2024-w11-llm-papers/mail`, ...run(args, root) }
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  }
}

/** `email dev` knows no issues: its data is the example that the template shows without props. */
export async function prepareEmailDev(): Promise<Contender> {
  const root = join(tmpdir(), `letterpress-bench-email-${EMAIL_VERSION}`)
  await installEmailDev(root)
  for (const name of ['emails', '.react-email', '.next']) rmSync(join(root, name), { recursive: true, force: true })
  cpSync(join(repository, 'emails'), join(root, 'emails'), { recursive: true })
  return {
    name: `email dev (react-email ${EMAIL_VERSION})`,
    root,
    data: {
      file: 'emails/example.ts',
      put: (source, mark) => source.replace(/^  title: '[^']*'/m, `  title: 'Papers ${mark}'`),
    },
    component: markComponent('emails/components/masthead.tsx'),
    start: async () => {
      const port = await findPort()
      const args = [
        join(root, 'node_modules', 'react-email', 'dist', 'cli', 'index.mjs'),
        'dev',
        '--port',
        String(port),
      ]
      return { url: `http://localhost:${port}/preview/digest`, ...run(args, root) }
    },
    // The packages stay for the next run: 466 MB.
    remove: () => undefined,
  }
}

function markComponent(file: string): Target {
  return { file, put: (source, mark) => source.replace('{issue.title}', `${mark} {issue.title}`) }
}

async function installEmailDev(root: string): Promise<void> {
  const manifest = join(root, 'package.json')
  if (!existsSync(join(root, 'node_modules', '@react-email', 'ui'))) {
    mkdirSync(root, { recursive: true })
    writeFileSync(manifest, JSON.stringify({ name: 'bench', private: true, type: 'module' }))
    const packages = [
      `react-email@${EMAIL_VERSION}`,
      `@react-email/ui@${EMAIL_VERSION}`,
      'react@19.3.1',
      'react-dom@19.3.1',
      'zod@4.6.7',
    ]
    const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', '--save-exact']
    const { status } = spawnSync('npm', ['install', ...flags, ...packages], { cwd: root, stdio: 'inherit' })
    if (status !== 0) throw new Error('email dev could not be installed')
  }
  // The templates' one import of the tool.
  const home = join(root, 'node_modules', 'letterpress')
  const build = await rolldown({
    input: join(repository, 'src', 'define.ts'),
    platform: 'node',
    external: /^(?:zod|react)/,
  })
  await build.write({ file: join(home, 'define.js'), format: 'esm' })
  await build.close()
  writeFileSync(
    join(home, 'package.json'),
    JSON.stringify({ name: 'letterpress', version: '0.0.0', type: 'module', exports: { './define': './define.js' } }),
  )
}

function run(args: readonly string[], cwd: string): Omit<PreviewServer, 'url'> {
  const startedAt = performance.timeOrigin + performance.now()
  const child = spawn(process.execPath, args, {
    cwd,
    env: { ...process.env, NO_COLOR: '1', NEXT_TELEMETRY_DISABLED: '1' },
    // The channel ends ours with the bench, however that ends.
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    detached: true,
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => (output += text))
  child.once('exit', (code) => {
    if (code) console.error(output.slice(-2000))
  })
  return { startedAt, measureBytes: () => measureTree(child.pid ?? 0), stop: async () => await end(child) }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.pid === undefined) return
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  process.kill(-child.pid, 'SIGTERM')
  const timer = setTimeout(() => process.kill(-(child.pid ?? 0), 'SIGKILL'), 5000)
  await ended
  clearTimeout(timer)
}

/** Linux only; elsewhere 0. */
function measureTree(root: number): number {
  if (!existsSync('/proc')) return 0
  const processes = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  const status = new Map(processes.map((pid) => [Number(pid), readStatus(pid)]))
  const isBelow = (pid: number): boolean => {
    if (pid === root) return true
    const parent = Number(/^PPid:\s*(\d+)/m.exec(status.get(pid) ?? '')?.[1] ?? 0)
    return parent > 1 && isBelow(parent)
  }
  return [...status]
    .filter(([pid]) => isBelow(pid))
    .reduce((sum, [, text]) => sum + Number(/^VmRSS:\s*(\d+)/m.exec(text)?.[1] ?? 0) * 1024, 0)
}

function readStatus(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/status`, 'utf8')
  } catch {
    return ''
  }
}

async function findPort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}
