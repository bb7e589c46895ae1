import { useEffect, useState } from 'react'
import type { MailBody } from '../../api.ts'
import type { Problem } from '../problems/problem.ts'
import { seeMail } from './see-mail.ts'
import { listSeen } from './sight.ts'

/** Nothing is looked at while the author types. */
const QUIET_MS = 900
const MAX_KEPT = 40

/** What was seen of a mail in the page. */
export interface Seen {
  readonly state: 'looking' | 'done' | 'failed'
  readonly problems: readonly Problem[]
  /** Whether the dark mail was looked at as well. */
  readonly hasDark: boolean
}

const LOOKING: Seen = { state: 'looking', problems: [], hasDark: false }
const FAILED: Seen = { state: 'failed', problems: [], hasDark: false }

/** By the address of a build, which changes with its content. */
const known = new Map<string, Seen>()

/** Looks at a mail once it stays as it is for a moment. What was seen of the build before stays until then. */
export function useSeen(mail: MailBody | undefined): Seen {
  const url = mail?.url
  const slug = url?.split('?', 1)[0]
  const [shown, show] = useState<{ readonly slug?: string | undefined; readonly seen: Seen }>({ seen: LOOKING })
  useEffect(() => {
    if (url === undefined) return undefined
    const controller = new AbortController()
    const done = (seen: Seen) => {
      keep(url, seen)
      if (!controller.signal.aborted) show({ slug, seen })
    }
    const kept = known.get(url)
    if (kept) done(kept)
    const timer = kept ? undefined : setTimeout(() => void look(url, controller.signal).then(done, ignore), QUIET_MS)
    return () => {
      clearTimeout(timer)
      controller.abort()
    }
  }, [url, slug])
  const now = url === undefined ? undefined : known.get(url)
  return now ?? (shown.slug === slug ? { ...shown.seen, state: 'looking' } : LOOKING)
}

async function look(url: string, signal: AbortSignal): Promise<Seen> {
  try {
    const { sights, hasDark } = await seeMail(url, signal)
    return { state: 'done', problems: listSeen(sights), hasDark }
  } catch {
    signal.throwIfAborted()
    return FAILED
  }
}

// The author went on before it was done.
function ignore(): void {}

function keep(url: string, seen: Seen): void {
  known.delete(url)
  known.set(url, seen)
  const [oldest] = known.keys()
  if (known.size > MAX_KEPT && oldest !== undefined) known.delete(oldest)
}
