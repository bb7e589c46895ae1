import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { pin, SENDER_CORE } from './programs.ts'

/** How a worker sends; see ways.ts. */
export type WayName = 'letterpress' | 'bare' | 'two-commits' | 'nodemailer' | 'nodemailer-qp'

export interface Job {
  readonly way: WayName
  /** Of the newsletter; its store is made anew. */
  readonly folder: string
  readonly port: number
  readonly connections: number
  readonly messages: number
  /** On the wire. */
  readonly octets: number
}

export interface Result {
  readonly runtime: string
  /** Of one message as it was sent. */
  readonly octets: number
  readonly perSecond: number
  /** Processor time for one message. */
  readonly cpuUs: number
  /** Of the whole process, with what rendered the issue. */
  readonly peakMb: number
}

const repository = new URL('../../', import.meta.url)
const script = (path: string) => fileURLToPath(new URL(path, repository))

/** Runs a worker on the sender's core. @param environment - besides its own. */
export async function runJob(node: string, job: Job, environment: NodeJS.ProcessEnv = {}): Promise<Result> {
  const profile = process.env['CPU_PROFILE'] ? ['--cpu-prof', `--cpu-prof-dir=${process.env['CPU_PROFILE']}`] : []
  const worker = [node, ...profile, script('scripts/run.js'), script('bench/sending/worker.ts'), JSON.stringify(job)]
  const [program, ...rest] = pin(SENDER_CORE, worker)
  const child = spawn(program, rest, {
    env: { ...process.env, NODE_NO_WARNINGS: '1', ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => void (output += text))
  const status = await new Promise((resolve) => child.once('close', resolve))
  if (status !== 0) throw new Error(`the worker "${job.way}" ended with ${String(status)}`)
  return JSON.parse(output.trim().split('\n').at(-1) ?? '') as Result
}
