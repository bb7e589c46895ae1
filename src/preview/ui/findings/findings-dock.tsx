import { CloseButton } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { useRef, useState } from 'react'
import { useSeen } from '../axe/use-seen.ts'
import { count } from '../format.ts'
import { groupProblems } from '../problems/problem.ts'
import type { IssueRoute } from '../route.ts'
import type { ShownIssue } from '../store.ts'
import { FindingsPanel } from './findings-panel.tsx'

interface FindingsDockProps {
  readonly open: ShownIssue
  readonly route: IssueRoute
}

/** What the author chose, until the page is loaded again. */
let chosen: boolean | undefined

/** Room for the list of issues, a mail and the findings. */
const WIDE = '(min-width: 75em)'
/** Room for a mail of 640 pixels as well. */
const WIDEST = '(min-width: 90em)'

/** The findings beside the mail, where a window is wide enough and there is something to say. */
export function FindingsDock(props: FindingsDockProps) {
  const isWide = useMediaQuery(WIDE, undefined, { getInitialValueInEffect: false })
  return isWide ? <Dock {...props} /> : null
}

function Dock({ open: { body }, route }: FindingsDockProps) {
  const [isClosed, setClosed] = useState(!(chosen ?? matchMedia(WIDEST).matches))
  const wasToggled = useRef(false)
  const seen = useSeen(body.mail)
  const close = (next: boolean) => {
    chosen = !next
    wasToggled.current = true
    setClosed(next)
  }
  // The button that was pressed is gone.
  const takeFocus = (element: HTMLElement | null) => {
    if (wasToggled.current) element?.focus()
    if (element) wasToggled.current = false
  }
  const total = groupProblems(body, seen.problems)
    .filter(({ look }) => look !== 'accepted')
    .reduce((sum, { problems }) => sum + problems.length, 0)
  // A broken file is told over the mail.
  if (total === 0 || body.mail?.isStale !== false) return null
  if (isClosed) {
    return (
      <button type="button" className="dock-tab" ref={takeFocus} onClick={() => close(false)}>
        {count(total, 'finding')}
      </button>
    )
  }
  return (
    <aside className="dock" ref={takeFocus} aria-label="Findings" tabIndex={0} data-scrolls>
      <CloseButton className="dock-close" size="sm" aria-label="Hide the findings" onClick={() => close(true)} />
      <FindingsPanel body={body} seen={seen} route={route} isCompact />
    </aside>
  )
}
