import { type ComboboxItem, Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useState } from 'react'
import type { ReadersBody, ReaderSummary } from '../../api.ts'
import { useResource } from '../resource.ts'

const PAUSE_MS = 120

interface ReaderSelectProps {
  readonly reader: ReaderSummary
  readonly onChoose: (id: string) => void
}

/** Whose values a test is filled in with. */
export function ReaderSelect({ reader, onChoose }: ReaderSelectProps) {
  const [words, setWords] = useState('')
  const [isOpen, setOpen] = useState(false)
  const label = nameOf(reader)
  const [query] = useDebouncedValue(words === label ? '' : words, PAUSE_MS)
  const path = isOpen ? `/api/readers?q=${encodeURIComponent(query)}` : undefined
  const { data } = useResource<ReadersBody>(path, ['config', 'ledger'])
  const found = data?.readers ?? []
  const readers = found.some(({ id }) => id === reader.id) ? found : [reader, ...found]
  return (
    <Select
      label="As"
      description="Whose name, language and links the message carries"
      searchable
      allowDeselect={false}
      data={groupReaders(readers)}
      value={reader.id}
      onChange={(id) => id !== null && onChoose(id)}
      onSearchChange={setWords}
      onDropdownOpen={() => setOpen(true)}
      onDropdownClose={() => setOpen(false)}
      // The server has searched.
      filter={({ options }) => options}
      nothingFoundMessage="Nobody of that name"
      maxDropdownHeight={260}
      comboboxProps={{ withinPortal: false }}
    />
  )
}

function groupReaders(readers: readonly ReaderSummary[]): { group: string; items: ComboboxItem[] }[] {
  const list = (kind: ReaderSummary['kind']) =>
    readers.filter((reader) => reader.kind === kind).map((reader) => ({ value: reader.id, label: nameOf(reader) }))
  return [
    { group: 'Invented readers', items: list('fixture') },
    { group: 'Subscribers', items: list('subscriber') },
  ].filter(({ items }) => items.length > 0)
}

export function nameOf({ name, email }: ReaderSummary): string {
  return name === undefined ? email : `${name} · ${email}`
}
