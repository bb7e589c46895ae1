import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { findNearest, loadModule, type LoadOptions, type Range } from '../base/index.ts'
import { BlockListSchema } from './block-schema.ts'
import { invalidBlocks, invalidTheme, noComponent, unknownTemplate } from './errors.ts'
import { explainProblems } from './explain.ts'
import { findTheme } from './find-theme.ts'
import { describeLoadFailure, RenderFailure, toRelative } from './failure.ts'
import type { BlockDefinition, TemplateComponent } from './template.ts'
import { mergeTheme, ThemeSchema } from './theme-schema.ts'
import type { Theme } from './theme.ts'

/** Where templates, blocks and the theme are looked for: the author's folder first, then the tool's own. */
export interface Sources {
  /** Absolute path of the newsletter. */
  readonly root: string
  /** Absolute path of the tool. */
  readonly builtIn: string
  readonly load: LoadOptions
}

/** A template as found on disk. */
export interface TemplateFile {
  readonly name: string
  readonly engine: 'react' | 'mjml'
  /** Absolute path. */
  readonly file: string
}

const FOLDERS = [
  { folder: 'emails', ending: '.tsx', engine: 'react' },
  { folder: 'templates', ending: '.mjml', engine: 'mjml' },
] as const

/** Every template there is, the author's before a built-in one of the same name. */
export function listTemplates(sources: Sources): TemplateFile[] {
  const found = new Map<string, TemplateFile>()
  for (const root of new Set([sources.root, sources.builtIn])) {
    for (const { folder, ending, engine } of FOLDERS) {
      for (const entry of listFolder(join(root, folder))) {
        const name = entry.slice(0, -ending.length)
        if (entry.endsWith(ending) && !found.has(name))
          found.set(name, { name, engine, file: join(root, folder, entry) })
      }
    }
  }
  return [...found.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1))
}

/** @throws RenderFailure `render/unknown-template`, placed at `at`. */
export function findTemplate(name: string, sources: Sources, at: { file: string; range?: Range }): TemplateFile {
  const all = listTemplates(sources)
  const template = all.find((candidate) => candidate.name === name)
  if (template) return template
  const names = all.map((candidate) => candidate.name)
  throw new RenderFailure({
    code: unknownTemplate.code,
    severity: 'error',
    message: unknownTemplate.message(name, findNearest(name, names)),
    hint: unknownTemplate.hint(names),
    ...at,
  })
}

/** @throws RenderFailure `render/broken-module` or `render/no-component` */
export async function loadTemplate(template: TemplateFile, sources: Sources): Promise<TemplateComponent> {
  const component = (await load(template.file, sources))['default']
  if (typeof component === 'function') return component as TemplateComponent
  const file = toRelative(template.file, sources.root)
  const message = noComponent.message(file)
  throw new RenderFailure({ code: noComponent.code, severity: 'error', message, hint: noComponent.hint(), file })
}

/** The built-in blocks and those of `emails/blocks/index.ts`; the author's replace built-in ones of the same name. */
export async function loadBlocks(sources: Sources): Promise<BlockDefinition[]> {
  const blocks = new Map<string, BlockDefinition>()
  for (const root of new Set([sources.builtIn, sources.root])) {
    const file = join(root, 'emails', 'blocks', 'index.ts')
    if (!existsSync(file)) continue
    const own = (await load(file, sources))['blocks']
    if (root !== sources.builtIn) assertBlocks(own, file, sources)
    for (const block of own as readonly BlockDefinition[]) blocks.set(block.name, block)
  }
  return [...blocks.values()]
}

function assertBlocks(blocks: unknown, path: string, sources: Sources): void {
  const result = BlockListSchema.safeParse(blocks)
  if (result.success) return
  const file = toRelative(path, sources.root)
  const message = invalidBlocks.message(file, explainProblems(result.error.issues, 'blocks'))
  throw new RenderFailure({ code: invalidBlocks.code, severity: 'error', message, hint: invalidBlocks.hint(), file })
}

/**
 * The built-in theme with what the author's changes.
 *
 * @param name - of a theme, or the path of a file; missing: the built-in one.
 * @throws RenderFailure `render/unknown-theme`, `render/broken-module` or `render/invalid-theme`, which names every wrong key.
 */
export async function loadTheme(name: string | undefined, sources: Sources): Promise<Theme> {
  const base = (await load(join(sources.builtIn, 'emails', 'theme.ts'), sources))['theme'] as Theme
  if (name === undefined) return base
  const file = findTheme(name, sources)
  const own = (await load(file, sources))['theme']
  const result = ThemeSchema.safeParse(mergeTheme(base, own))
  if (result.success) return result.data
  const shown = toRelative(file, sources.root)
  const knownAt = ([group]: readonly PropertyKey[]) =>
    Object.keys(group === undefined ? base : { ...(base[group as keyof Theme] as object) })
  const reasons = own === undefined ? undefined : explainProblems(result.error.issues, 'theme', knownAt)
  throw new RenderFailure({
    code: invalidTheme.code,
    severity: 'error',
    message: invalidTheme.message(shown, reasons),
    hint: invalidTheme.hint(),
    file: shown,
  })
}

async function load(file: string, sources: Sources): Promise<Readonly<Record<string, unknown>>> {
  try {
    return await loadModule(file, sources.load)
  } catch (error) {
    throw new RenderFailure(describeLoadFailure(error, file, sources.root), error)
  }
}

function listFolder(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}
