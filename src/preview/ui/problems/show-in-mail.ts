import { formatPlace } from '../frames/place.ts'
import { getState, go } from '../store.ts'
import type { Problem } from './problem.ts'

/** Opens the mail of the issue at the place of a problem. */
export function showInMail({ mail, seenAs }: Pick<Problem, 'mail' | 'seenAs'>): void {
  const { route } = getState()
  if (route.page !== 'issue' || !mail) return
  const { anchor, words } = mail
  const at = formatPlace({ ...(anchor === undefined ? {} : { anchor }), ...(words === undefined ? {} : { words }) })
  const show = () =>
    go({ ...route, view: 'mail', at, look: { ...route.look, ...seenAs } }, { replace: route.view === 'mail' })
  if (route.at !== at) return show()
  // The same place once more: the mail hears of changes only.
  go({ ...route, at: undefined }, { replace: true })
  setTimeout(show, 0)
}
