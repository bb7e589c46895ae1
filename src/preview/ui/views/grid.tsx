import { MultiSelect } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useState } from 'react'
import type { ReadersBody, ReaderSummary } from '../../api.ts'
import { SCHEME_NAMES } from '../look-controls.tsx'
import { useResource } from '../resource.ts'
import { formatRoute, type IssueRoute, SCHEMES, type Scheme } from '../route.ts'
import { go } from '../store.ts'
import { Toolbar } from '../toolbar.tsx'
import { GridCell } from './grid-cell.tsx'
import type { IssueViewProps } from './types.ts'

/** What stands side by side for each reader: a phone and a desktop. */
const CELLS = [
  { device: '375', name: 'Phone', width: 375, height: 720 },
  { device: '1024', name: 'Desktop', width: 1024, height: 1152 },
] as const
const MAX_READERS = 6
const USUAL_SCHEMES: readonly Scheme[] = ['light', 'dark']
const PAUSE_MS = 120

/** Devices, schemes and readers side by side. `at`: ids of further readers, with commas between them; `schemes` likewise. */
export function GridView({ open: { body }, route, onKey }: IssueViewProps) {
  const { schemes = USUAL_SCHEMES } = route
  const { mail, slug } = body
  const [words, setWords] = useState('')
  const [query] = useDebouncedValue(words, PAUSE_MS)
  const chosen = route.at?.split(',').filter((id) => id !== '') ?? []
  // The list may be long: the server searches it, and knows those that the address names.
  const wish = new URLSearchParams({ q: query, ids: chosen.join(',') })
  const { data } = useResource<ReadersBody>(`/api/readers?${wish.toString()}`, ['config', 'ledger'])
  if (!mail) return null
  const listed = data?.readers ?? []
  const others = chosen.flatMap((id) => listed.find((reader) => reader.id === id && id !== mail.reader.id) ?? [])
  return (
    <>
      <Toolbar label="What is shown side by side">
        <Readers
          list={listed.filter(({ id }) => id !== mail.reader.id)}
          chosen={others.map(({ id }) => id)}
          route={route}
          words={words}
          onWords={setWords}
        />
        <Schemes chosen={schemes} onChoose={(next) => chooseSchemes(route, next)} />
      </Toolbar>
      <div className="content">
        <div className="grid">
          {[mail.reader, ...others].map((reader) => (
            <section key={reader.id} aria-label={nameOf(reader)}>
              <h2 dir="auto">{nameOf(reader)}</h2>
              <div className="cells">
                {CELLS.flatMap(({ device, name, ...size }) =>
                  schemes.map((scheme) => (
                    <GridCell
                      key={`${device} ${scheme}`}
                      url={reader.id === mail.reader.id ? mail.url : urlFor(slug, reader.id, mail.url)}
                      size={size}
                      scheme={scheme}
                      images={route.look.images}
                      label={`${name}, ${SCHEME_NAMES[scheme]}`}
                      href={formatRoute({
                        ...route,
                        view: 'mail',
                        at: undefined,
                        look: { ...route.look, device, scheme, reader: reader.id },
                      })}
                      onKey={onKey}
                    />
                  )),
                )}
              </div>
            </section>
          ))}
        </div>
      </div>
    </>
  )
}

// The usual ones need not stand in the address.
function chooseSchemes(route: IssueRoute, next: readonly Scheme[]): void {
  const schemes = next.join() === USUAL_SCHEMES.join() ? undefined : next
  go({ ...route, schemes }, { replace: true })
}

interface ReadersProps {
  readonly list: readonly ReaderSummary[]
  readonly chosen: readonly string[]
  readonly route: IssueRoute
  readonly words: string
  readonly onWords: (words: string) => void
}

function Readers({ list, chosen, route, words, onWords }: ReadersProps) {
  return (
    <MultiSelect
      className="grid-readers"
      size="xs"
      aria-label="Further readers"
      placeholder={chosen.length === 0 ? 'Add a reader' : ''}
      data={list.map((reader) => ({ value: reader.id, label: nameOf(reader) }))}
      value={[...chosen]}
      onChange={(ids) => go({ ...route, at: ids.join(',') || undefined }, { replace: true })}
      searchable
      searchValue={words}
      onSearchChange={onWords}
      // The server searches the whole list; until it has, what is here must fit, since Enter takes the first.
      filter={({ options, search }) =>
        options.filter((option) => 'value' in option && fits(list, option.value, search))
      }
      selectFirstOptionOnChange
      hidePickedOptions
      maxValues={MAX_READERS}
      nothingFoundMessage="No such reader"
      comboboxProps={{ withinPortal: false }}
    />
  )
}

function fits(list: readonly ReaderSummary[], id: string, words: string): boolean {
  const reader = list.find((candidate) => candidate.id === id)
  const text = reader ? `${nameOf(reader)} ${reader.email} ${reader.tags.join(' ')}`.toLowerCase() : ''
  return text.includes(words.trim().toLowerCase())
}

interface SchemesProps {
  readonly chosen: readonly Scheme[]
  readonly onChoose: (schemes: readonly Scheme[]) => void
}

function Schemes({ chosen, onChoose }: SchemesProps) {
  return SCHEMES.map((scheme) => (
    <label key={scheme} className="tick">
      <input
        type="checkbox"
        checked={chosen.includes(scheme)}
        onChange={({ currentTarget }) =>
          onChoose(SCHEMES.filter((one) => (one === scheme ? currentTarget.checked : chosen.includes(one))))
        }
      />
      {SCHEME_NAMES[scheme]}
    </label>
  ))
}

function nameOf({ name, email }: ReaderSummary): string {
  return name ?? email
}

// Asked for anew with each build of what is open, which the last part stands for.
function urlFor(slug: string, reader: string, current: string): string {
  const build = new URLSearchParams(current.split('?')[1]).get('build') ?? ''
  return `/mail/${encodeURIComponent(slug)}?${new URLSearchParams({ reader, after: build }).toString()}`
}
