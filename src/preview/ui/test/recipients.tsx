import { TagsInput } from '@mantine/core'

const MOST = 20
/** Enough to catch a slip; the server knows better. */
const ADDRESS = /^[^\s@<>]+@[^\s@<>]+\.[^\s@<>.]+$/

interface RecipientsProps {
  readonly to: readonly string[]
  readonly from: string
  /** What is being written. */
  readonly words: string
  readonly problem: string | undefined
  readonly onWords: (words: string) => void
  readonly onChange: (to: string[]) => void
}

/** Addresses that a test goes to. */
export function Recipients({ to, from, words, problem, onWords, onChange }: RecipientsProps) {
  const own = /<([^<>]+)>\s*$/.exec(from)?.[1] ?? from
  return (
    <TagsInput
      label="To"
      description="Addresses, with Enter or a comma after each"
      placeholder={to.length === 0 ? 'you@example.com' : ''}
      data={[own]}
      value={[...to]}
      onChange={onChange}
      searchValue={words}
      onSearchChange={onWords}
      splitChars={[',', ';', ' ']}
      maxTags={MOST}
      error={problem}
      inputMode="email"
      autoCapitalize="off"
      spellCheck={false}
      comboboxProps={{ withinPortal: false }}
      data-autofocus
    />
  )
}

/** Of what was pasted, as of the head of a mail: `Ada <ada@example.com>, bob@example.com`. */
export function splitAddresses(tags: readonly string[]): string[] {
  const addresses = tags.flatMap((tag) => tag.match(/[^\s,;<>"]+@[^\s,;<>"]+/g) ?? [tag.trim()])
  return [...new Set(addresses)].filter((address) => address !== '').slice(0, MOST)
}

/** What is wrong with the addresses. @param isEmptyFine - nothing was asked for yet. */
export function findProblem(to: readonly string[], isEmptyFine = false): string | undefined {
  const wrong = to.find((address) => !ADDRESS.test(address))
  if (wrong !== undefined) return `“${wrong}” is no address.`
  return to.length === 0 && !isEmptyFine ? 'Write at least one address.' : undefined
}
