import type { Paint } from '../../base/index.ts'
import type { Database } from '../../db/index.ts'
import {
  type Consented,
  countAttempts,
  describeRun,
  formatLocal,
  type KindCount,
  lookAt,
  MAX_COUNTED,
  readStory,
  type Runner,
  type RunStatus,
  type RunStep,
  type StoryLine,
} from '../../delivery/index.ts'
import { drawBar, formatSeconds } from './progress.ts'
import { formatStatus } from './report.ts'

/** All that `status ISSUE` tells. */
export interface StatusView {
  readonly status: RunStatus
  readonly runner?: Runner
  /** While it is being sent, at the rate so far. */
  readonly secondsLeft?: number
  readonly replies: readonly KindCount[]
  readonly story: readonly StoryLine[]
}

/** @returns undefined when it was never approved. */
export async function readView(db: Database, issueId: string, now: Date): Promise<StatusView | undefined> {
  const found = await lookAt(db, issueId, now)
  if (!found) return undefined
  const { run, runner } = found
  const status = describeRun(run, runner)
  const rate = status.messagesPerSecond
  const left = status.pending + status.handed
  return {
    status,
    ...(runner ? { runner } : {}),
    ...(runner && rate ? { secondsLeft: Math.ceil(left / rate) } : {}),
    replies: await countAttempts(db, run.key),
    story: await readStory(db, run.key),
  }
}

/** For programs. */
export function viewToJson({ status, runner, secondsLeft, replies, story }: StatusView): object {
  return {
    ...status,
    secondsLeft: secondsLeft ?? null,
    runner: runner ? { pid: runner.pid, host: runner.host, since: runner.startedAt.toISOString() } : null,
    replies,
    story: story.map(({ at, what, how, detail }) => ({
      at: at.toISOString(),
      what,
      how: how ?? null,
      detail: detail ?? null,
    })),
  }
}

/** For people. @param rate - messages per second right now, when it is watched. */
export function viewToLines(view: StatusView, paint: Paint, rate?: number): string[] {
  const { status, runner, story, replies } = view
  const [head = '', ...rest] = wrap(`${status.issue}  `, formatStatus(status).split(', '))
  const lines = [head.replace(status.issue, paint.bold(status.issue)), ...rest]
  if (runner) lines.push(`  ${drawBar(status)} ${describeWork(view, rate)}`, `  ${describeRunner(runner, paint)}`)
  if (status.startsAt !== null) lines.push(`  starts     ${formatLocal(new Date(status.startsAt))}`)
  if (replies.length > 0) lines.push(...wrap('  replies    ', [...replies.map(describeReplies), ...tellMore(replies)]))
  for (const { at, what, how, detail } of story) {
    const words = describeStep(what, how, detail)
    lines.push(`  ${what.padEnd(11)}${formatLocal(at)}${words === '' ? '' : `  ${paint.dim(words)}`}`)
  }
  return lines
}

function describeWork({ status, secondsLeft }: StatusView, rate: number | undefined): string {
  const { total, pending, handed } = status
  const percent = total === 0 ? 100 : Math.floor(((total - pending - handed) / total) * 100)
  const left = rate ? (pending + handed) / rate : secondsLeft
  const speed = rate ?? status.messagesPerSecond ?? 0
  return [`${percent} %`, `${speed.toFixed(1)}/s`, ...(left === undefined ? [] : [`${formatSeconds(left)} left`])].join(
    ', ',
  )
}

function describeRunner({ pid, host, startedAt }: Runner, paint: Paint): string {
  return paint.dim(`process ${pid} on ${host}, since ${formatLocal(startedAt)}`)
}

// More are not counted, so that the answer comes at once.
function tellMore(replies: readonly KindCount[]): string[] {
  const counted = replies.reduce((sum, { count }) => sum + count, 0)
  return counted < MAX_COUNTED ? [] : ['and more (--attempts lists all)']
}

const KINDS: Readonly<Record<string, string>> = {
  transient: 'later',
  permanent: 'refused',
  server: 'about the server',
  unknown: 'lost',
}

function describeReplies({ kind, code, count }: KindCount): string {
  return `${count} × ${[code, KINDS[kind] ?? kind].filter((part) => part !== null).join(' ')}`
}

const WRAP_AT = 76

/** A list in lines of at most 79 columns, after a label. */
function wrap(label: string, parts: readonly string[]): string[] {
  const lines: string[] = []
  for (const part of parts) {
    const last = lines.at(-1)
    if (last === undefined) lines.push(label + part)
    else if (last.length + part.length < WRAP_AT) lines[lines.length - 1] = `${last}, ${part}`
    else {
      lines[lines.length - 1] = `${last},`
      lines.push(' '.repeat(label.length) + part)
    }
  }
  return lines
}

const HOW: Readonly<Record<Consented, string>> = {
  typed: 'name typed',
  flag: 'by flag',
  command: '',
  studio: 'in the studio',
  serve: 'by serve',
}

function describeStep(what: RunStep, how: Consented | undefined, detail: string | undefined): string {
  return [how ? HOW[how] : '', detail === undefined ? '' : describeDetail(what, detail)]
    .filter((part) => part !== '')
    .join(', ')
}

function describeDetail(what: RunStep, detail: string): string {
  if (what === 'approved') return `forced: ${(JSON.parse(detail) as string[]).join(', ')}`
  if (what === 'scheduled' || what === 'moved') return `for ${formatLocal(new Date(detail))}`
  if (what === 'recovered') return `${detail} in doubt after a crash`
  return what === 'retried' || what === 'resent' || what === 'new-readers' ? `${detail} readers` : detail
}
