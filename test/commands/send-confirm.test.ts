import { describe, expect, test } from 'vitest'
import { createPaint, type Terminal } from '../../src/base/index.ts'
import { confirm, overrule } from '../../src/commands/delivery/approve.ts'
import type { Plan, Refusal } from '../../src/make-plan.ts'
import { createProgress, formatSeconds } from '../../src/commands/delivery/progress.ts'

const NONE = { pending: 0, handed: 0, accepted: 0, deferred: 0, failed: 0, unknown: 0, skipped: 0 }

function makeTerminal(
  isInteractive: boolean,
  answer?: string,
): { terminal: Terminal; lines: string[]; asked: string[] } {
  const lines: string[] = []
  const asked: string[] = []
  const write = (line: string) => void lines.push(line)
  const paint = createPaint(false)
  const ask = async (question: string) => {
    asked.push(question)
    return await Promise.resolve(answer)
  }
  const terminal = {
    out: write,
    note: write,
    err: write,
    rewrite: write,
    paint,
    errPaint: paint,
    isQuiet: false,
    isInteractive,
  }
  return { terminal: isInteractive ? { ...terminal, ask } : terminal, lines, asked }
}

describe('before anything is sent', () => {
  test('the author types the name of the issue', async () => {
    const { terminal, asked } = makeTerminal(true, ' 2026-w34 ')
    expect(await confirm(terminal, '2026-w34', 12, false)).toBe('typed')
    expect(asked).toEqual(['Type 2026-w34 to mail it to 12 readers: '])
  })

  test.for(['', 'yes', 'y', '2026-W34', '2026-w3'])('%j is not the name', async (answer) => {
    await expect(confirm(makeTerminal(true, answer).terminal, '2026-w34', 1, false)).rejects.toMatchObject({
      code: 'delivery/wrong-slug',
      kind: 'usage',
    })
  })

  test('no answer is no', async () => {
    expect(await confirm(makeTerminal(true).terminal, '2026-w34', 1, false)).toBeUndefined()
  })

  test('--yes stands for it; where nobody can be asked nothing else does', async () => {
    expect(await confirm(makeTerminal(false).terminal, '2026-w34', 1, true)).toBe('flag')
    await expect(confirm(makeTerminal(false).terminal, '2026-w34', 1, false)).rejects.toMatchObject({
      code: 'delivery/not-confirmed',
    })
  })
})

describe('what is wrong', () => {
  const untested: Refusal = { kind: 'untested', text: 'Not tested.', canForce: true }
  const draft: Refusal = { kind: 'draft', text: 'A draft.', canForce: false }
  const plan = (...refusals: Refusal[]) => ({ id: 'x', refusals }) as unknown as Plan

  test('stops it; --force overrides what may be overridden, and it is told', () => {
    expect(overrule(plan(), false)).toEqual([])
    expect(() => overrule(plan(untested), false)).toThrow('Not tested.')
    expect(overrule(plan(untested), true)).toEqual(['untested'])
    expect(() => overrule(plan(untested, draft), true)).toThrow('A draft.')
  })
})

describe('the progress', () => {
  test('is a bar with rate and time left where a person watches', async () => {
    const { terminal, lines } = makeTerminal(true)
    const progress = createProgress(terminal, { ...NONE, pending: 100 })
    await new Promise((resolve) => setTimeout(resolve, 110))
    progress.show({ ...NONE, accepted: 40, failed: 10, pending: 50 })
    progress.end()
    expect(lines).toEqual([
      expect.stringMatching(/^█{12}░{12} 40 of 100 accepted, 10 failed \(\d+\.\d\/s, \d+ s left\)$/),
      '',
    ])
  })

  test('says nothing for the first seconds elsewhere', () => {
    const { terminal, lines } = makeTerminal(false)
    createProgress(terminal, NONE).show({ ...NONE, accepted: 1 })
    expect(lines).toEqual([])
  })

  test.for([
    [0.2, '1 s'],
    [89, '89 s'],
    [90, '2 min'],
    [3600, '60 min'],
    [9000, '2 h 30 min'],
  ] as const)('%s seconds are %s', ([seconds, words]) => {
    expect(formatSeconds(seconds)).toBe(words)
  })
})
