import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

type Flavor = 'last-resort' | 'regular'
type Collect = (options: { type: 'major'; flavor: Flavor; execution: 'sync' }) => void

let collect: Collect | undefined

/**
 * Frees what nobody holds: some 50 ms.
 *
 * @param flavor - `last-resort`: also compiled code that is not running, and the pages are given back; any other keeps
 * what was compiled, and most of its pages for later.
 */
export function collectGarbage(flavor: Flavor = 'last-resort'): void {
  if (!collect) {
    setFlagsFromString('--expose-gc')
    collect = runInNewContext('gc') as Collect
  }
  collect({ type: 'major', flavor, execution: 'sync' })
}
