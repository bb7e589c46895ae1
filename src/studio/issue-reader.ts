import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { type IssueOptions, type IssueResult, loadIssue } from '../issue/index.ts'

/** As many as a desk keeps open. */
const MAX_KEPT = 12

/** Reads issue files; a file that is rendered again with another look is not read again. */
export interface IssueReader {
  read(file: string, options: IssueOptions): Promise<IssueResult>
  /** Images, which are measured in reading, have changed. */
  forget(): void
}

interface Kept {
  readonly stamp: string
  readonly options: IssueOptions
  readonly result: Promise<IssueResult>
}

export function createIssueReader(): IssueReader {
  const kept = new Map<string, Kept>()
  return {
    async read(file, options) {
      const stamp = readStamp(resolve(options.root, file))
      const known = kept.get(file)
      const isGood = known && stamp !== '' && known.stamp === stamp && isSame(known.options, options)
      const result = isGood ? known.result : loadIssue(file, options)
      kept.delete(file)
      kept.set(file, { stamp, options, result })
      const [oldest] = kept.keys()
      if (kept.size > MAX_KEPT && oldest !== undefined) kept.delete(oldest)
      return await result
    },
    forget: () => kept.clear(),
  }
}

// A block's schema is the same object as long as its bundle is: only then does it read attributes alike.
function isSame({ blocks, ...a }: IssueOptions, { blocks: others, ...b }: IssueOptions): boolean {
  return blocks.length === others.length && blocks.every((block, i) => block === others[i]) && isDeepStrictEqual(a, b)
}

function readStamp(path: string): string {
  const stat = statSync(path, { throwIfNoEntry: false })
  return stat ? `${stat.mtimeMs}:${stat.ctimeMs}:${stat.size}` : ''
}
