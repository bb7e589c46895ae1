import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { RULES } from '../check/index.ts'
import type { Config } from '../config/index.ts'
import type { IssueTree, TreeImage } from '../preview/index.ts'
import type { RenderedImage } from '../render/index.ts'

/** Octets from which the check `size-clip` warns, and above which it fails, as this newsletter has it. */
export function readSizeLimits({ checks }: Pick<Config, 'checks'>): Pick<IssueTree, 'warnBytes' | 'limitBytes'> {
  const given = checks['size-clip']
  const { options } = RULES.find(({ id }) => id === 'size-clip') ?? RULES[0]
  const { severity: _, ...own } = typeof given === 'object' ? given : {}
  const limits = options.parse(own) as { readonly warnBytes: number; readonly errorBytes: number }
  return { warnBytes: limits.warnBytes, limitBytes: limits.errorBytes }
}

/** What the images of an issue weigh, largest first; one that is gone weighs nothing. */
export async function weighImages(images: readonly RenderedImage[]): Promise<TreeImage[]> {
  const weighed = images.map(async ({ path, cid }) => {
    const bytes = await stat(path).then(
      ({ size }) => size,
      () => 0,
    )
    return { name: basename(path), bytes, isAttached: cid !== undefined }
  })
  return (await Promise.all(weighed)).toSorted((a, b) => b.bytes - a.bytes)
}
