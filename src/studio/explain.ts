import { type Finding, RULES } from '../check/index.ts'

const REASONS: ReadonlyMap<string, string> = new Map(RULES.map(({ id, why }) => [id, why]))

/** Why the rule of a finding exists, in the words of its reference page. */
export function explain({ rule }: Finding): { readonly why?: string } {
  const why = REASONS.get(rule)
  return why === undefined ? {} : { why }
}
