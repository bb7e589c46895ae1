import type { z } from 'zod'

type Problem = z.core.$ZodIssue

/** Zod's own words begin so; those of a block's author stay. */
const OWN = /^(?:Invalid|Too (?:big|small)|Unrecognized)/

const TYPES: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'keys with values',
}

/** What is wrong with a value, to follow a colon: `it must be at most 2`. */
export function explainProblem(problem: Problem): string {
  if (!OWN.test(problem.message)) return problem.message.replace(/\.$/, '').replace(/^./, (char) => char.toLowerCase())
  // oxlint-disable-next-line switch-exhaustiveness-check -- the rest has no better words
  switch (problem.code) {
    case 'invalid_type':
      return `it must be ${TYPES[problem.expected] ?? 'another kind of value'}`
    case 'invalid_value':
      return `it must be ${joinOr(problem.values.map(String))}`
    case 'invalid_union':
      return explainUnion(problem.errors.flat())
    case 'too_small':
    case 'too_big':
      return explainSize(problem)
    case 'not_multiple_of':
      return `it must be a multiple of ${problem.divisor}`
    default:
      return 'it is not written as it should be'
  }
}

function explainUnion(problems: readonly Problem[]): string {
  const values = problems.flatMap((problem) => (problem.code === 'invalid_value' ? problem.values.map(String) : []))
  const types = problems.flatMap((problem) =>
    problem.code === 'invalid_type' ? [TYPES[problem.expected] ?? 'another kind of value'] : [],
  )
  const all = [...new Set([...values, ...types])]
  return all.length > 0 ? `it must be ${joinOr(all)}` : 'it is not one of the values it may have'
}

function explainSize(problem: Problem & { code: 'too_small' | 'too_big' }): string {
  const [limit, word] = problem.code === 'too_big' ? [problem.maximum, 'at most'] : [problem.minimum, 'at least']
  const number = limit.toLocaleString('en-US')
  if (problem.origin === 'string' && word === 'at least' && Number(limit) === 1) return 'it is empty'
  if (problem.origin === 'string') return `it must have ${word} ${number} characters`
  if (problem.origin === 'array' || problem.origin === 'set') return `it must have ${word} ${number} items`
  if (problem.inclusive === false) return `it must be ${word === 'at most' ? 'less' : 'more'} than ${number}`
  return `it must be ${word} ${number}`
}

function joinOr(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`
}
