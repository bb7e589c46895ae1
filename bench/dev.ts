/**
 * How long an author waits for the preview, beside React Email's own: `npm run bench:dev [-- --only letterpress]`.
 * One run, one machine, one Chromium; a save is seen when the mail's frame has been painted with it.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { openBrowser } from '../test/helpers/browser.ts'
import { type Contender, prepareEmailDev, prepareLetterpress, type Target } from './dev-servers.ts'

const STARTS = 5
const SAVES = 32
/** A save that has not come by then is lost; `email dev` loses some that come while it works. */
const PATIENCE_MS = 8_000
const FIRST_WORDS = 'Important LLM papers'

interface Result {
  readonly name: string
  readonly starts: readonly number[]
  readonly data: readonly number[]
  readonly component: readonly number[]
  /** Saves that were never seen. */
  readonly lost: number
  readonly rssBytes: number
}

const only = process.argv.includes('--only') ? process.argv.at(-1) : undefined
const browser = await openBrowser()
const results: Result[] = []
for (const [name, prepare] of [
  ['letterpress', prepareLetterpress],
  ['email', prepareEmailDev],
] as const) {
  if (only === undefined || only === name) results.push(await measure(browser, await prepare()))
}
await browser.close()
print(results)

async function measure(chromium: Browser, contender: Contender): Promise<Result> {
  const starts: number[] = []
  for (let round = 0; round < STARTS; round++) {
    const { server, page, startMs } = await open(chromium, contender)
    starts.push(startMs)
    await page.close()
    await server.stop()
  }
  const { server, page } = await open(chromium, contender)
  try {
    const data = await measureSaves(page, contender, contender.data, 'MarkData')
    const component = await measureSaves(page, contender, contender.component, 'MarkPart')
    const lost = 2 * SAVES - data.length - component.length
    return { name: contender.name, starts, data, component, lost, rssBytes: server.measureBytes() }
  } finally {
    await page.close()
    await server.stop()
    contender.remove()
  }
}

async function open(chromium: Browser, contender: Contender) {
  const page = await chromium.newPage({ viewport: { width: 1280, height: 800 } })
  const server = await contender.start()
  await untilAnswers(server.url)
  await page.goto(server.url, { waitUntil: 'commit' })
  const seenAt = await untilSeen(page, FIRST_WORDS, 60_000)
  return { server, page, startMs: seenAt - server.startedAt }
}

async function untilAnswers(url: string): Promise<void> {
  for (;;) {
    const answer = await fetch(url).catch(() => undefined)
    await answer?.text()
    if (answer?.ok) return
    await pause(10)
  }
}

/** @returns milliseconds of each save that was seen. */
async function measureSaves(page: Page, contender: Contender, target: Target, word: string): Promise<number[]> {
  const file = join(contender.root, target.file)
  const source = readFileSync(file, 'utf8')
  const times: number[] = []
  for (let round = 0; round < SAVES; round++) {
    await pause(contender.pauseMs + Math.random() * 50)
    const mark = `${word}${round}x`
    const content = target.put(source, mark)
    if (!content.includes(mark)) throw new Error(`${target.file} has no place for a mark`)
    const seen = untilSeen(page, mark, PATIENCE_MS).catch(() => undefined)
    const savedAt = performance.timeOrigin + performance.now()
    writeFileSync(file, content)
    const seenAt = await seen
    if (seenAt !== undefined) times.push(seenAt - savedAt)
  }
  return times
}

/** @returns when the words were painted, in milliseconds since 1970. */
async function untilSeen(page: Page, words: string, timeoutMs: number): Promise<number> {
  return await page.evaluate(
    async ({ text, limitMs }) => {
      const isThere = () =>
        [...document.querySelectorAll('iframe')].some(
          (frame) =>
            getComputedStyle(frame).visibility === 'visible' && frame.contentDocument?.body?.textContent.includes(text),
        )
      const startedAt = performance.now()
      while (!isThere()) {
        if (performance.now() - startedAt > limitMs) throw new Error(`"${text}" was not seen`)
        await new Promise((resolve) => setTimeout(resolve, 2))
      }
      await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 0)))
      return performance.timeOrigin + performance.now()
    },
    { text: words, limitMs: timeoutMs },
  )
}

async function pause(ms: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms))
}

function print(list: readonly Result[]): void {
  const memory = Math.round(totalmem() / 2 ** 30)
  const cpu = `${cpus().length} CPUs (${cpus()[0]?.model.trim() ?? 'unknown'}), ${memory} GB`
  console.log(`Node ${process.version}, Chromium ${browser.version()}, ${cpu}\n`)
  console.log(
    '| ms | start → first mail, first time | again (p50) | save data → seen p50 / p95 | save component → seen p50 / p95 | lost saves | memory after |',
  )
  console.log('|---|---|---|---|---|---|---|')
  for (const { name, starts, data, component, lost, rssBytes } of list) {
    const [first = Number.NaN, ...again] = starts
    const cells = [
      first.toFixed(0),
      at(again, 0.5),
      both(data),
      both(component),
      String(lost),
      `${(rssBytes / 2 ** 20).toFixed(0)} MB`,
    ]
    console.log(`| ${name} | ${cells.join(' | ')} |`)
  }
}

function both(times: readonly number[]): string {
  return `${at(times, 0.5)} / ${at(times, 0.95)}`
}

function at(times: readonly number[], share: number): string {
  const sorted = times.toSorted((a, b) => a - b)
  return (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN).toFixed(0)
}
