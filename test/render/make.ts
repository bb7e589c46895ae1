import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { packageRoot } from '../../src/base/index.ts'
import type { Issue } from '../../src/issue/index.ts'
import { parseIssue } from '../../src/issue/index.ts'
import { loadBlocks, type RenderOptions, type RenderResult, renderIssue, type Sources } from '../../src/render/index.ts'
import { makeFolder } from '../helpers/folder.ts'

/** A newsletter with these files; what its components import is found. */
export function makeSources(files: Readonly<Record<string, string | Uint8Array>> = {}): Sources {
  const root = makeFolder(files)
  symlinkSync(join(packageRoot, 'node_modules'), join(root, 'node_modules'))
  return { root, builtIn: packageRoot, load: { cacheFolder: join(root, 'cache') } }
}

export function makeOptions(sources: Sources, over: Partial<RenderOptions> = {}): RenderOptions {
  return {
    sources,
    newsletter: { name: 'LLM Papers Weekly', reason: 'You signed up.', postalAddress: '1 Example Street' },
    language: 'en',
    template: 'digest',
    ...over,
  }
}

export const FRONT = '---\ntitle: Week 11\nweek: 2024-W11\n---\n'

/** An issue from Markdown, which must be without errors. */
export async function read(markdown: string, sources: Sources): Promise<Issue> {
  const blocks = await loadBlocks(sources)
  const { issue, diagnostics } = await parseIssue(
    markdown.startsWith('---') ? markdown : FRONT + markdown,
    'issues/week-11.md',
    { root: sources.root, blocks },
  )
  if (!issue) throw new Error(diagnostics.map(({ message }) => message).join('\n'))
  return issue
}

export async function render(
  markdown: string,
  sources: Sources,
  over: Partial<RenderOptions> = {},
): Promise<RenderResult> {
  return await renderIssue(await read(markdown, sources), makeOptions(sources, over))
}
