/** Writes what large mail clients drop, from the data of caniemail.com: `npm run client-data`. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { type Client, CLIENTS } from '../src/check/style/support/clients.ts'
import { type Feature, FEATURES } from '../src/check/style/support/features.ts'

/** The npm package that carries the data; a newer one brings newer data. */
const VERSION = '2.0.2'

const root = fileURLToPath(new URL('../', import.meta.url))
const target = join(root, 'src/check/style/support/client-data.json')

const Verdicts = z.record(z.string(), z.string())
const Data = z.object({
  last_update_date: z.string(),
  data: z.array(
    z.object({
      slug: z.string(),
      stats: z.record(z.string(), z.record(z.string(), Verdicts)),
      notes_by_num: z.record(z.string(), z.string()).nullish(),
    }),
  ),
})
type Entry = z.output<typeof Data>['data'][number]

/** Family and platform of each client in that data. */
const PLACES: Readonly<Record<Client, readonly [family: string, platform: string]>> = {
  'gmail-web': ['gmail', 'desktop-webmail'],
  'gmail-ios': ['gmail', 'ios'],
  'gmail-android': ['gmail', 'android'],
  'apple-mail-macos': ['apple-mail', 'macos'],
  'apple-mail-ios': ['apple-mail', 'ios'],
  'outlook-windows': ['outlook', 'windows'],
  'outlook-web': ['outlook', 'outlook-com'],
  'outlook-macos': ['outlook', 'macos'],
  'outlook-ios': ['outlook', 'ios'],
  'outlook-android': ['outlook', 'android'],
  'yahoo-web': ['yahoo', 'desktop-webmail'],
  'yahoo-ios': ['yahoo', 'ios'],
  'yahoo-android': ['yahoo', 'android'],
}

/** Notes that make partial support none for what a mail does with the feature. */
const AS_GOOD_AS_NONE: Partial<Record<Feature, RegExp>> = {
  'css-position': /but not\s+(?:`relative`,\s*)?`absolute`/,
  'css-max-width': /Only works on `<table>`/,
}

/** The package in the project's cache; its own dependencies are of no use here, its scripts do not run. */
function fetchData(): z.output<typeof Data> {
  const folder = join(root, 'node_modules/.cache/letterpress', `caniemail-${VERSION}`)
  const file = join(folder, 'node_modules/caniemail/data/caniemail.json')
  if (!existsSync(file)) {
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'package.json'), '{ "private": true }\n')
    const args = ['install', `caniemail@${VERSION}`, '--ignore-scripts', '--no-audit', '--no-fund']
    const { status, stderr } = spawnSync('npm', args, {
      cwd: folder,
      encoding: 'utf8',
      shell: process.platform === 'win32',
    })
    if (status !== 0) throw new Error(`npm could not fetch caniemail@${VERSION}: ${stderr.trim()}`)
  }
  return Data.parse(JSON.parse(readFileSync(file, 'utf8')))
}

function isDropped(entry: Entry, feature: Feature, client: Client): boolean {
  const [family, platform] = PLACES[client]
  // Versions rise; Outlook for Windows is in use in its last two, the others in the last.
  const verdicts = Object.values(entry.stats[family]?.[platform] ?? {}).slice(client === 'outlook-windows' ? -2 : -1)
  return verdicts.some((verdict) => {
    const [answer = '', ...notes] = verdict.split(/\s*#/)
    const pattern = AS_GOOD_AS_NONE[feature]
    const isPartial = notes.some((note) => pattern?.test(entry.notes_by_num?.[note.trim()] ?? ''))
    return answer.trim() === 'n' || (answer.trim() === 'a' && isPartial)
  })
}

const { last_update_date: date, data } = fetchData()
const drops = FEATURES.map((feature) => {
  const entry = data.find(({ slug }) => slug === feature)
  if (!entry) throw new Error(`caniemail has no feature "${feature}"`)
  return [feature, CLIENTS.filter((client) => isDropped(entry, feature, client))] as const
})
const slim = {
  note: 'Written by `npm run client-data` from the data of caniemail.com, © Rémi Parmentier, MIT License (github.com/hteumeuleu/caniemail), by way of the npm package caniemail.',
  date: date.slice(0, 10),
  drops: Object.fromEntries(drops),
}
writeFileSync(target, `${JSON.stringify(slim, null, 2)}\n`)
console.log(`${drops.length} features as of ${slim.date}.`)
