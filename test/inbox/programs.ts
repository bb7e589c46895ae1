import { spawn, spawnSync } from 'node:child_process'

/** A program that judges mails and does not come from npm. */
export interface Program {
  /** As people call it. */
  readonly name: string
  /** Debian's packages that bring it. */
  readonly packages: readonly string[]
  /** A command that succeeds when it is there. */
  readonly probe: readonly [command: string, ...args: string[]]
}

/**
 * Whether a program can be asked. One that is missing is installed from Debian's packages by root; for anybody else, or
 * when that fails, this says what could not be tested.
 *
 * @throws Error instead when `CI` is set: nothing is skipped there.
 */
export async function requireProgram(program: Program): Promise<boolean> {
  if (isThere(program)) return true
  const problem = await install(program)
  if (isThere(program)) return true
  const text = `${program.name} is missing (Debian: ${program.packages.join(' ')}). ${problem}`
  if (process.env['CI']) throw new Error(text)
  console.warn(`Not tested with ${program.name}: ${text}`)
  return false
}

function isThere({ probe: [command, ...args] }: Program): boolean {
  return spawnSync(command, args, { stdio: 'ignore', timeout: 60_000 }).status === 0
}

async function install({ name, packages }: Program): Promise<string> {
  if (process.getuid?.() !== 0) return 'Only root can install it.'
  if (spawnSync('apt-get', ['--version']).status !== 0) return 'There is no apt-get to install it with.'
  console.warn(`Installing ${name}: ${packages.join(' ')}`)
  const update = await run('apt-get', ['update', '-q'])
  // Two test files may install at once: the second one waits for the first.
  const options = ['install', '-y', '-q', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=900']
  const done = await run('apt-get', [...options, ...packages])
  const failed = [update, done].find(({ code }) => code !== 0)
  return failed ? `apt-get failed: ${failed.stderr.trim().split('\n').at(-1)}` : 'It was installed, and does not start.'
}

/** What a program did. */
export interface Outcome {
  /** Null when a signal ended it. */
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs a program to its end, without holding up this process. @throws Error when it cannot be started */
export async function run(
  command: string,
  args: readonly string[],
  { input = '', env = {} }: { readonly input?: string | Buffer; readonly env?: Readonly<Record<string, string>> } = {},
): Promise<Outcome> {
  const child = spawn(command, args, { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', ...env } })
  const stdout: Buffer[] = []
  const stderr: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk))
  child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk))
  // A program that ends without reading leaves a broken pipe; its exit code tells more.
  child.stdin.on('error', () => undefined)
  child.stdin.end(input)
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', resolve)
  })
  return { code, stdout: String(Buffer.concat(stdout)), stderr: String(Buffer.concat(stderr)) }
}
