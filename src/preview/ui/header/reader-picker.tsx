import { Combobox, useCombobox } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useEffect, useState } from 'react'
import type { IssueBody, MailBody, ReadersBody, ReaderSummary } from '../../api.ts'
import { READER_PICKER_ID } from '../ids.ts'
import { useResource } from '../resource.ts'
import type { IssueRoute } from '../route.ts'
import { go } from '../store.ts'
import { MissingValues } from './missing-values.tsx'

const PAUSE_MS = 120

interface ReaderPickerProps {
  readonly body: IssueBody
  readonly route: IssueRoute
}

/** As whom the issue is shown, and what that reader or others lack. */
export function ReaderPicker({ body: { mail }, route }: ReaderPickerProps) {
  if (!mail) return null
  return (
    <span className="reader">
      <Picker mail={mail} route={route} />
      {mail.reader.language === undefined ? null : (
        <span className="chip" title="Language of the reader">
          {mail.reader.language}
        </span>
      )}
      <MissingValues missing={mail.missing} />
    </span>
  )
}

function Picker({ mail: { reader }, route }: { readonly mail: MailBody; readonly route: IssueRoute }) {
  const [words, setWords] = useState('')
  const [query] = useDebouncedValue(words, PAUSE_MS)
  const combobox = useCombobox({
    onDropdownClose: () => {
      combobox.resetSelectedOption()
      combobox.focusTarget()
      setWords('')
    },
    onDropdownOpen: () => combobox.focusSearchInput(),
  })
  const path = combobox.dropdownOpened ? `/api/readers?q=${encodeURIComponent(query)}` : undefined
  const { data } = useResource<ReadersBody>(path, ['config', 'ledger'])
  const { selectFirstOption } = combobox
  useEffect(() => {
    if (query !== '' && data) selectFirstOption()
  }, [query, data, selectFirstOption])
  const choose = (id: string) => {
    go({ ...route, look: { ...route.look, reader: id } }, { replace: true })
    combobox.closeDropdown()
  }
  return (
    <Combobox store={combobox} onOptionSubmit={choose} width={340} position="bottom-start" withinPortal={false}>
      <Combobox.Target targetType="button" withAriaAttributes={false}>
        <button
          id={READER_PICKER_ID}
          type="button"
          className="reader-button"
          aria-haspopup="dialog"
          aria-expanded={combobox.dropdownOpened}
          onClick={() => combobox.toggleDropdown()}
        >
          As <b dir="auto">{reader.name ?? reader.email}</b>
        </button>
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Search
          aria-label="Search the readers"
          placeholder="Name, address or tag"
          value={words}
          onChange={({ currentTarget }) => setWords(currentTarget.value)}
        />
        <Combobox.Options aria-label="Readers" className="reader-list" tabIndex={0}>
          {data ? <Options list={data} current={reader.id} /> : null}
        </Combobox.Options>
        {data ? <Combobox.Footer className="small">{describe(data)}</Combobox.Footer> : null}
      </Combobox.Dropdown>
    </Combobox>
  )
}

function Options({ list, current }: { readonly list: ReadersBody; readonly current: string }) {
  const fixtures = list.readers.filter(({ kind }) => kind === 'fixture')
  const subscribers = list.readers.filter(({ kind }) => kind === 'subscriber')
  if (list.readers.length === 0) return <Combobox.Empty>Nobody of that name</Combobox.Empty>
  return (
    <>
      <Group label="Invented readers" readers={fixtures} current={current} />
      <Group label="Subscribers" readers={subscribers} current={current} />
    </>
  )
}

interface GroupProps {
  readonly label: string
  readonly readers: readonly ReaderSummary[]
  readonly current: string
}

function Group({ label, readers, current }: GroupProps) {
  if (readers.length === 0) return null
  return (
    <Combobox.Group label={label}>
      {readers.map(({ id, name, email, language, status, tags }) => (
        <Combobox.Option key={id} value={id} active={id === current}>
          <span className="reader-name" dir="auto">
            {name ?? email}
          </span>
          <span className="reader-facts">
            {[name === undefined ? '' : email, language, status === 'active' ? '' : status, ...tags]
              .filter((fact) => fact)
              .join(' · ')}
          </span>
        </Combobox.Option>
      ))}
    </Combobox.Group>
  )
}

function describe({ hasMore, subscribers }: ReadersBody): string {
  const total = new Intl.NumberFormat('en').format(subscribers)
  if (subscribers === 0) return 'No list of subscribers yet: these are of readers.yaml.'
  return hasMore ? `The first of ${total} subscribers; search for others.` : `${total} on the list.`
}
