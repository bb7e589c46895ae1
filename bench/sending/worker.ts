/** One way to send, in a process of its own; the benches start it, and read its result from the last line. */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { App } from '../../src/app.ts'
import type { Content } from '../../src/delivery/index.ts'
import { addReaders, freezeRun, makeContent, openNewsletter } from './newsletter.ts'
import { type Job, type Result } from './job.ts'
import { describeRuntime } from './table.ts'
import { makeReader, WAYS } from './ways.ts'

const job = JSON.parse(process.argv[2] ?? '') as Job
console.log(JSON.stringify(await work(job)))
// Idle connections of other people's pools would keep it.
process.exit(0)

async function work({ way, folder, port, connections, messages, octets }: Job): Promise<Result> {
  const app = await openNewsletter(folder, port, connections)
  const content = await makeContent(app, octets)
  const size = (await composeFirst(app, content)).length
  const chosen = WAYS[way]
  if (chosen.needsRun) await fillStore(app, content, messages)
  const cpu = process.cpuUsage()
  const startedMs = performance.now()
  await chosen.send({ app, content, messages, connections, port })
  const seconds = (performance.now() - startedMs) / 1000
  const { user, system } = process.cpuUsage(cpu)
  return {
    runtime: describeRuntime(),
    octets: size,
    perSecond: messages / seconds,
    cpuUs: (user + system) / messages,
    peakMb: process.resourceUsage().maxRSS / 1024,
  }
}

async function composeFirst(app: App, content: Content): Promise<Buffer> {
  return (await app.composerFor(content)(makeReader(1), new Date(0))).raw
}

async function fillStore(app: App, content: Content, count: number): Promise<void> {
  rmSync(join(app.root, 'data'), { recursive: true, force: true })
  const db = await app.openStore()
  await addReaders(db, count)
  await freezeRun(app, db, content)
  await db.close()
}
