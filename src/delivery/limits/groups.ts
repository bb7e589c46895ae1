/** Domains whose mail ends at one provider, so that they share what it takes from one sender. */
const GROUPS: Readonly<Record<string, readonly RegExp[]>> = {
  gmail: [/^(?:gmail|googlemail)\.com$/],
  microsoft: [/^(?:outlook|hotmail|live|windowslive)\.[a-z]+(?:\.[a-z]+)?$/, /^msn\.com$/, /^passport\.com$/],
  yahoo: [/^yahoo\.[a-z]+(?:\.[a-z]+)?$/, /^(?:ymail|rocketmail|myyahoo|aol|aim|verizon)\.(?:com|net)$/],
  icloud: [/^(?:icloud|me|mac)\.com$/],
  gmx: [/^gmx\.[a-z]+$/, /^(?:web\.de|mail\.com)$/],
  proton: [/^(?:proton\.me|protonmail\.(?:com|ch)|pm\.me)$/],
  orange: [/^(?:orange|wanadoo)\.fr$/],
  comcast: [/^comcast\.net$/],
}

export const GROUP_NAMES = Object.keys(GROUPS)

/**
 * Which of the limited groups a domain is in: its own name before a provider's.
 *
 * @param limited - names of groups, or domains.
 * @param domain - lower case, A-labels.
 */
export function findGroup(limited: { has(name: string): boolean }, domain: string): string | undefined {
  if (limited.has(domain)) return domain
  return GROUP_NAMES.find((name) => limited.has(name) && GROUPS[name]?.some((pattern) => pattern.test(domain)))
}
