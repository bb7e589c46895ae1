import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError, packageRoot } from '../base/index.ts'
import { pageMissing } from './errors.ts'
import { MAIL_SANDBOX } from './policy.ts'

const FILES = { html: 'page.html', style: 'page.css', script: 'page.js' } as const

type PageParts = Readonly<Record<keyof typeof FILES, string>>

const sources = join(packageRoot, 'src', 'preview', 'page')
const built = join(packageRoot, 'lib', 'preview')

/**
 * Writes the page as the package ships it, where there is neither its TypeScript nor a reason to bundle it.
 *
 * @param folder - `lib/preview`
 */
export async function writePage(folder: string): Promise<void> {
  const parts = await buildPage()
  await mkdir(folder, { recursive: true })
  await Promise.all([
    writeFile(join(folder, FILES.html), parts.html),
    writeFile(join(folder, FILES.style), parts.style),
    writeFile(join(folder, FILES.script), parts.script),
  ])
}

/** Gives the page its parts once, and a nonce with each answer. */
export function createPage(): (nonce: string) => Promise<string> {
  let parts: Promise<PageParts> | undefined
  return async (nonce) => {
    parts ??= existsSync(sources) ? buildPage() : readParts(built)
    return fillPage(await parts, nonce)
  }
}

async function buildPage(): Promise<PageParts> {
  const [html, style, script] = await Promise.all([
    readPart(join(sources, FILES.html)),
    readPart(join(sources, FILES.style)),
    bundleScript(),
  ])
  return { html, style, script }
}

async function readParts(folder: string): Promise<PageParts> {
  const [html, style, script] = await Promise.all(
    [FILES.html, FILES.style, FILES.script].map((name) => readPart(join(folder, name))),
  )
  return { html: html ?? '', style: style ?? '', script: script ?? '' }
}

async function readPart(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    const options = { kind: 'environment', hint: pageMissing.hint(), cause: error } as const
    throw new AppError(pageMissing.code, pageMissing.message(file), options)
  }
}

async function bundleScript(): Promise<string> {
  const { rolldown } = await import('rolldown')
  const build = await rolldown({
    input: join(sources, 'main.ts'),
    platform: 'browser',
    tsconfig: false,
    logLevel: 'silent',
  })
  try {
    const { output } = await build.generate({ format: 'esm', codeSplitting: false, minify: false })
    return output[0].code
  } finally {
    await build.close()
  }
}

function fillPage({ html, style, script }: PageParts, nonce: string): string {
  const values: Readonly<Record<string, string>> = {
    nonce,
    sandbox: MAIL_SANDBOX,
    style,
    // The only text that would end the element early.
    script: script.replaceAll(/<\/(?=script)/gi, '<\\/'),
  }
  return html.replaceAll(/\{(nonce|sandbox|style|script)\}/g, (_, name: string) => values[name] ?? '')
}
