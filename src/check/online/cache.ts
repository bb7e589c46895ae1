import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'
import type { LinkState } from './probe.ts'

const MAX_AGE_MS = 24 * 60 * 60 * 1000

const Entry = z.object({
  askedAt: z.number(),
  answer: z.discriminatedUnion('state', [
    z.object({ state: z.literal('alive') }),
    z.object({ state: z.literal('gone'), status: z.number(), at: z.string() }),
  ]),
})
const Entries = z.record(z.string(), Entry)

/** What links answered in the last 24 hours, in a file that may be deleted at any time. */
export interface LinkCache {
  get(link: string): LinkState | undefined
  /** Keeps what a server said; names that nobody knew, and pages of which nothing is known, are asked for again. */
  set(link: string, state: LinkState): void
  save(): void
}

/** @param now - in milliseconds since 1970. A file that cannot be read counts as none. */
export function openLinkCache(file: string, now: number): LinkCache {
  const entries = new Map(
    Object.entries(read(file)).filter(([, { askedAt }]) => askedAt <= now && now - askedAt < MAX_AGE_MS),
  )
  return {
    get: (link) => entries.get(link)?.answer,
    set: (link, state) => {
      const parsed = Entry.safeParse({ askedAt: now, answer: state })
      if (parsed.success) entries.set(link, parsed.data)
    },
    save: () => write(file, Object.fromEntries(entries)),
  }
}

function read(file: string): z.output<typeof Entries> {
  try {
    const parsed = Entries.safeParse(JSON.parse(readFileSync(file, 'utf8')))
    return parsed.success ? parsed.data : {}
  } catch {
    return {}
  }
}

// A folder that cannot be written to costs the next run its time, and nothing else.
function write(file: string, entries: Readonly<Record<string, unknown>>): void {
  try {
    mkdirSync(dirname(file), { recursive: true })
    const draft = `${file}.${process.pid}`
    writeFileSync(draft, JSON.stringify(entries))
    renameSync(draft, file)
  } catch {
    return
  }
}
