import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { AppError, messageOf, packageRoot } from '../base/index.ts'
import { findBuiltUi, uiSources } from './build-ui.ts'
import { pageMissing } from './errors.ts'
import { MAIL_SANDBOX } from './policy.ts'

/** The page as Vite built it. */
export interface Ui {
  /** HTML with `{nonce}`, `{token}` and `{sandbox}` to be filled in. */
  readonly page: string
  /** Scripts and styles by name; all lie at `/ui/<name>`. */
  readonly files: ReadonlyMap<string, UiFile>
}

export interface UiFile {
  readonly bytes: Uint8Array
  readonly contentType: string
}

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
}

let loaded: Promise<Ui> | undefined

/**
 * The page: from the package, or in the repository from its sources, built when they have changed.
 *
 * @throws AppError `preview/page-not-built`, `preview/page-missing`; the next call tries again.
 */
export async function loadUi(): Promise<Ui> {
  loaded ??= readUi().catch((error: unknown) => {
    loaded = undefined
    throw error
  })
  return await loaded
}

/** What a page is filled with. */
export interface PageValues {
  /** Of this one answer. */
  readonly nonce: string
  /** Of this start of the server. */
  readonly token: string
}

export function fillPage(page: string, { nonce, token }: PageValues): string {
  return page.replaceAll('{nonce}', nonce).replaceAll('{token}', token).replaceAll('{sandbox}', MAIL_SANDBOX)
}

async function readUi(): Promise<Ui> {
  const folder = existsSync(uiSources) ? await findBuiltUi() : join(packageRoot, 'lib', 'ui')
  try {
    const names = (await readdir(folder)).filter((name) => TYPES[extname(name)] !== undefined)
    const files = names.map(async (name): Promise<[string, UiFile]> => {
      return [name, { bytes: await readFile(join(folder, name)), contentType: TYPES[extname(name)] ?? '' }]
    })
    return { page: await readFile(join(folder, 'index.html'), 'utf8'), files: new Map(await Promise.all(files)) }
  } catch (error) {
    const options = { kind: 'environment', hint: pageMissing.hint(), cause: error } as const
    throw new AppError(pageMissing.code, pageMissing.message(messageOf(error)), options)
  }
}
