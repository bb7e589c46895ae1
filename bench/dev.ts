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
/** Of the data and of a component each, in one half of the saves; memory is looked at after each half. */
const SAVES = 50
const HALVES = 2
/** Between what was seen and the next save; `email dev` renders on for a while, and overlooks what comes meanwhile. */
const REST_MS = 1_200
const MANY_ISSUES = 500
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
  /** Memory after each half of the saves. */
  readonly rssBytes: readonly number[]
}

const only = process.argv.includes('--only') ? process.argv.at(-1) : undefined
const browser = await openBrowser()
const results: Result[] = []
const many: number[] = []
for (const [name, prepare] of [
  ['letterpress', () => prepareLetterpress()],
  ['email', prepareEmailDev],
] as const) {
  if (only === undefined || only === name) results.push(await measure(browser, await prepare()))
}
if (only !== 'email') many.push(...(await measureMany(browser)))
await browser.close()
print(results)
printRatios(results)
if (many.length > 0)
  console.log(
    `\nStart with ${MANY_ISSUES} more issues in the folder: ${many[0]?.toFixed(0)} ms, again ${at(many.slice(1), 0.5)} ms (p50)`,
  )

/** @returns milliseconds from start to first mail; the first start has no cache. */
async function measureStarts(chromium: Browser, contender: Contender): Promise<number[]> {
  const starts: number[] = []
  for (let round = 0; round < STARTS; round++) {
    const { server, page, startMs } = await open(chromium, contender)
    starts.push(startMs)
    await page.close()
    await server.stop()
  }
  return starts
}

async function measureMany(chromium: Browser): Promise<number[]> {
  const contender = prepareLetterpress(MANY_ISSUES)
  try {
    return await measureStarts(chromium, contender)
  } finally {
    contender.remove()
  }
}

async function measure(chromium: Browser, contender: Contender): Promise<Result> {
  const starts = await measureStarts(chromium, contender)
  const { server, page } = await open(chromium, contender)
  try {
    const [data, component, rssBytes]: [number[], number[], number[]] = [[], [], []]
    for (let half = 0; half < HALVES; half++) {
      data.push(...(await measureSaves(page, contender, contender.data, `MarkData${half}n`)))
      component.push(...(await measureSaves(page, contender, contender.component, `MarkPart${half}n`)))
      rssBytes.push(server.measureBytes())
    }
    const lost = HALVES * 2 * SAVES - data.length - component.length
    return { name: contender.name, starts, data, component, lost, rssBytes }
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
    await pause(REST_MS + Math.random() * 50)
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
    `| ms | start to first mail | again (p50) | save of data, p50 / p95 | save of a component, p50 / p95 | lost saves | memory after ${2 * SAVES} / ${HALVES * 2 * SAVES} saves |`,
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
      `${rssBytes.map((bytes) => (bytes / 2 ** 20).toFixed(0)).join(' / ')} MB`,
    ]
    console.log(`| ${name} | ${cells.join(' | ')} |`)
  }
}

/** How many times as long `email dev` takes, and how much memory it has. */
function printRatios([ours, theirs]: readonly Result[]): void {
  if (!ours || !theirs) return
  const ratio = (pick: (result: Result) => number) => (pick(theirs) / pick(ours)).toFixed(1)
  const cells = [
    ratio(({ starts }) => starts[0] ?? Number.NaN),
    ratio(({ starts }) => find(starts.slice(1), 0.5)),
    ratio(({ data }) => find(data, 0.5)),
    ratio(({ component }) => find(component, 0.5)),
    '–',
    ratio(({ rssBytes }) => rssBytes.at(-1) ?? Number.NaN),
  ]
  console.log(`| ratio of the medians | ${cells.join(' | ')} |`)
}

function both(times: readonly number[]): string {
  return `${at(times, 0.5)} / ${at(times, 0.95)}`
}

function at(times: readonly number[], share: number): string {
  return find(times, share).toFixed(0)
}

function find(times: readonly number[], share: number): number {
  const sorted = times.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}
