import { existsSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import {
  findCycles,
  lineAt,
  listFiles,
  literalOf,
  nameOf,
  readSource,
  repository,
  type SourceFile,
} from './helpers/source-tree.ts'

/** The table of DESIGN §2: what a module may import, types included. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  base: [],
  db: ['base'],
  issue: ['base'],
  subscriber: ['base', 'db'],
  render: ['base', 'issue'],
  message: ['base', 'render', 'subscriber'],
  bounce: ['base', 'db', 'subscriber'],
  archive: ['base', 'issue', 'render'],
  importer: ['base', 'issue', 'subscriber'],
  check: ['base', 'issue', 'render', 'message'],
  transport: ['base', 'message'],
  delivery: ['base', 'db', 'subscriber', 'message', 'transport'],
  preview: ['base', 'issue', 'render', 'check', 'message'],
  server: ['base', 'subscriber', 'bounce', 'render', 'message', 'delivery', 'archive'],
  config: ['base'],
}
const MODULES = Object.keys(ALLOWED)
/** Files of src/ itself: they stand above the modules, from the lowest to the highest. */
const APP = 'app'
const ABOVE: Readonly<Record<string, readonly string[]>> = {
  define: ['base', 'issue', 'render', 'config'],
  [APP]: MODULES,
  index: [...MODULES, APP, 'define'],
  studio: [...MODULES, APP],
  commands: [...MODULES, APP, 'studio'],
  'command-line': [...MODULES, APP, 'commands'],
  cli: ['base', 'commands', 'command-line'],
}
/** What a design may build on: React, its e-mail components, schemas and the light subpath. */
const FOR_EMAILS = /^(?:react|react-email|zod|letterpress\/define)$/
/** Where clock, randomness, environment, console and process live; the studio's page runs in the browser. */
const MAY_TOUCH_THE_WORLD = /^src\/(?:base\/.*|preview\/ui\/.*|config\/load|app|cli)\.tsx?$/
const WORLD = /^(?:process\.(?:env|exit)|console(?:\.\w+)?|Date\.now|Math\.random)$/
const CODE = /^[a-z]+\/[a-z0-9]+(?:-[a-z0-9]+)*$/
const MAX_LINES = 300

const TYPESCRIPT = /\.tsx?$/
const src = listFiles('src', TYPESCRIPT).map(readSource)
const emails = listFiles('emails', TYPESCRIPT).map(readSource)
const place = (file: SourceFile, line: number) => `${file.path}:${line}`

/** `issue` for src/issue/model.ts; `cli`, `define`, `index` or `app` for a file of src/ itself. */
function moduleOf(path: string): string {
  const [, first = '', second] = path.split('/')
  if (second !== undefined) return first
  const name = first.replace(TYPESCRIPT, '')
  return name in ABOVE ? name : APP
}

function mayImport(file: SourceFile, to: string): boolean {
  const [from, target] = [moduleOf(file.path), moduleOf(to)]
  if (from === target) return true
  if (from === 'config' && MODULES.includes(target) && basename(to) === 'options.ts') return true
  return (ALLOWED[from] ?? ABOVE[from] ?? []).includes(target)
}

/** Others see a module through its index.ts; define.ts must stay light, and config/ joins the options. */
function isFrontDoor(file: SourceFile, to: string): boolean {
  const [from, target] = [moduleOf(file.path), moduleOf(to)]
  if (from === target || from === 'define' || !to.includes('/', 'src/'.length)) return true
  return to === `src/${target}/index.ts` || (from === 'config' && basename(to) === 'options.ts')
}

test('every folder of src/ stands in the table', () => {
  const folders = new Set(src.map((file) => moduleOf(file.path)))
  expect([...folders].filter((name) => !(name in ALLOWED) && !(name in ABOVE))).toEqual([])
})

test('modules import only what the table allows', () => {
  const wrong = src.flatMap((file) =>
    file.imports
      .filter(
        ({ to }) => to !== undefined && (to.startsWith('src/') ? !mayImport(file, to) : !isOutsideAllowed(file, to)),
      )
      .map(({ name, line }) => `${place(file, line)} imports ${name}`),
  )
  expect(wrong).toEqual([])
})

// Blocks and templates reach the modules through the one place that wires.
function isOutsideAllowed(file: SourceFile, to: string): boolean {
  return moduleOf(file.path) === APP && to.startsWith('emails/')
}

test('a module is imported through its index.ts', () => {
  const wrong = src.flatMap((file) =>
    file.imports
      .filter(({ to }) => to?.startsWith('src/') && !isFrontDoor(file, to))
      .map(({ name, line }) => `${place(file, line)} imports ${name}`),
  )
  expect(wrong).toEqual([])
})

test('imports lead to a file and name its extension', () => {
  const wrong = [...src, ...emails].flatMap((file) =>
    file.imports
      .filter(({ to }) => to !== undefined && !(/\.\w+$/.test(to) && existsSync(join(repository, to))))
      .map(({ name, line }) => `${place(file, line)} imports ${name}`),
  )
  expect(wrong).toEqual([])
})

test('no file imports itself through others', () => {
  const edges = [...src, ...emails].map(
    (file) => [file.path, new Set(file.imports.flatMap(({ to }) => (to === undefined ? [] : [to])))] as const,
  )
  expect(findCycles(new Map(edges))).toEqual([])
})

test('no module imports itself through others', () => {
  const edges = new Map<string, Set<string>>()
  for (const file of src) {
    const from = moduleOf(file.path)
    const targets = edges.get(from) ?? new Set()
    edges.set(from, targets)
    for (const { to } of file.imports) if (to?.startsWith('src/') && moduleOf(to) !== from) targets.add(moduleOf(to))
  }
  expect(findCycles(edges)).toEqual([])
})

test('emails/ uses React, its components, zod and the light subpath only', () => {
  const wrong = emails.flatMap((file) =>
    file.imports
      .filter(({ name, to }) => (to === undefined ? !FOR_EMAILS.test(name) : !to.startsWith('emails/')))
      .map(({ name, line }) => `${place(file, line)} imports ${name}`),
  )
  expect(wrong).toEqual([])
})

// It runs in a browser, and is built apart.
test('the page of the studio takes types from the server, and from packages React, Mantine, its charts and, in axe/, axe', () => {
  const page = src.filter(({ path }) => path.startsWith('src/preview/ui/'))
  const wrong = page.flatMap((file) =>
    file.imports
      .filter(({ name, to }) =>
        to === undefined
          ? !/^(?:react|react-dom\/client|@mantine\/(?:core|hooks|spotlight|charts)|@mantine\/charts\/styles\.layer\.css|recharts)$/.test(
              name,
            ) && !(/^(?:axe-core|virtual:axe)$/.test(name) && file.path.startsWith('src/preview/ui/axe/'))
          : !to.startsWith('src/preview/ui/') && to !== 'src/preview/api.ts',
      )
      .map(({ name, line }) => `${place(file, line)} imports ${name}`),
  )
  expect(wrong).toEqual([])
})

test.for(['src/commands', 'src/check/rules', 'emails/blocks', 'src/transport', 'src/importer', 'src/bounce/webhooks'])(
  'every file of %s is registered in its index.ts',
  (folder) => {
    if (!existsSync(join(repository, folder))) return
    const registered = readSource(`${folder}/index.ts`).imports.map(({ to }) => to)
    const files = listFiles(folder, TYPESCRIPT).filter((path) => dirname(path) === folder)
    // Not things to choose from: the list itself, words and options.
    const things = files.filter((path) => !/^(?:index|errors|options)\.ts$/.test(basename(path)))
    expect(things.filter((path) => !registered.includes(path))).toEqual([])
  },
)

test('every error code is listed once, in the errors of its module', () => {
  const codes = src.filter(isErrorList).flatMap((file) => listCodes(file).map((code) => ({ code, file })))
  expect(codes.filter(({ code }) => !CODE.test(code)).map(({ code }) => code)).toEqual([])
  expect(codes.filter(({ code, file }) => !belongs(code, moduleOf(file.path))).map(({ code }) => code)).toEqual([])
  const seen = codes.map(({ code }) => code)
  expect(seen.filter((code, index) => seen.indexOf(code) !== index)).toEqual([])
})

test('every code that is thrown or reported is listed', () => {
  const listed = new Set(src.filter(isErrorList).flatMap(listCodes))
  const used = src
    .filter((file) => !isErrorList(file))
    .flatMap((file) => listCodes(file).map((code) => `${file.path} uses ${code}`))
  expect(used.filter((line) => !listed.has(line.split(' uses ')[1] ?? ''))).toEqual([])
})

function isErrorList(file: SourceFile): boolean {
  return /\/errors(?:\.ts|\/.*\.ts)$/.test(file.path)
}

function belongs(code: string, module: string): boolean {
  const [prefix = ''] = code.split('/')
  return prefix === module || (module === 'commands' && prefix === 'command')
}

/** Literals at `code:` and as first argument of `new AppError(…)`. */
function listCodes(file: SourceFile): string[] {
  return file.nodes.flatMap((node) => {
    const isCode = node.type === 'Property' && nameOf(node['key']) === 'code'
    const isThrown = node.type === 'NewExpression' && nameOf(node['callee']) === 'AppError'
    const value = isCode ? node['value'] : isThrown ? (node['arguments'] as unknown[])[0] : undefined
    const code = literalOf(value)
    return code?.includes('/') ? [code] : []
  })
}

test('clock, randomness, environment, console and exit stay in their files', () => {
  const wrong = [...src, ...emails]
    .filter((file) => !MAY_TOUCH_THE_WORLD.test(file.path))
    .flatMap((file) => file.nodes.flatMap((node) => findWorld(file, node)))
  expect(wrong).toEqual([])
})

function findWorld(file: SourceFile, node: SourceFile['nodes'][number]): string[] {
  const isNow =
    node.type === 'NewExpression' && nameOf(node['callee']) === 'Date' && (node['arguments'] as unknown[]).length === 0
  const name = isNow ? 'new Date()' : node.type === 'MemberExpression' ? nameOf(node) : undefined
  if (name === undefined || !(isNow || WORLD.test(name))) return []
  return [`${place(file, lineAt(file.text, node.start))} uses ${name}`]
}

test(`no file has more than ${MAX_LINES} lines`, () => {
  const others = ['test', 'scripts', 'bench', 'bin'].flatMap((folder) => listFiles(folder, /\.(?:tsx?|js)$/))
  const counted = [
    ...src,
    ...emails,
    ...others.filter((path) => !/^test\/(?:fixtures|golden)\//.test(path)).map(readSource),
  ]
  expect(counted.filter((file) => file.lineCount > MAX_LINES).map((file) => `${file.path} ${file.lineCount}`)).toEqual(
    [],
  )
})

test('dependencies are pinned, and the five builds of Node are the launcher’s', async () => {
  const { default: manifest } = await import('../package.json', { with: { type: 'json' } })
  const versions = { ...manifest.dependencies, ...manifest.devDependencies, ...manifest.optionalDependencies }
  expect(Object.entries(versions).filter(([, version]) => !/^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version))).toEqual([])
  const { PINS } = await import('../bin/hand-over.js')
  expect(Object.keys(manifest.optionalDependencies).sort()).toEqual(Object.values(PINS).sort())
})
