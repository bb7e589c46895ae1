import { Kbd, UnstyledButton } from '@mantine/core'
import { createSpotlight, Spotlight, useSpotlight } from '@mantine/spotlight'
import { useLayoutEffect, useRef, useState } from 'react'
import type { IssueSummary, ReadersBody, ReaderSummary } from '../api.ts'
import type { Command } from './commands.ts'
import { useResource } from './resource.ts'
import { FIRST_VIEW, type Route } from './route.ts'
import { Keys } from './shortcut-list.tsx'
import { go, type State } from './store.ts'

const MAX_ISSUES = 7
/** Before anything is typed. */
const MAX_NEWEST = 4
const MAX_READERS = 6
const LIST_ID = 'palette-list'

const [store, palette] = createSpotlight()

export const openPalette = palette.open

/** A line of the palette. */
interface Choice {
  readonly id: string
  readonly label: string
  readonly detail?: string | undefined
  readonly command?: Command
  readonly run: () => void
}

interface Group {
  readonly name: string
  readonly choices: readonly Choice[]
}

interface PaletteProps {
  readonly state: State
  readonly commands: readonly Command[]
}

/** Everything that can be opened or done, found by its words. */
export function Palette({ state, commands }: PaletteProps) {
  const { opened, query } = useSpotlight(store)
  const readers = useReaders(opened ? query : undefined)
  const groups = opened ? listGroups(query, { state, commands, readers }) : []
  const choices = groups.flatMap((group) => group.choices)
  const [selected, hear] = useChoice({ choices, query, isOpen: opened })
  return (
    <Spotlight.Root
      store={store}
      attributes={{ content: { 'aria-label': 'Go to anything' } }}
      shortcut={null}
      size={620}
      yOffset="12vh"
      lockScroll={false}
      transitionProps={{ duration: 0 }}
      overlayProps={{ backgroundOpacity: 0.35, blur: 0 }}
    >
      <Spotlight.Search
        placeholder="Go to an issue, a view, a reader, or do something"
        aria-label="Go to anything, do anything"
        role="combobox"
        onKeyDown={hear}
        aria-expanded
        aria-controls={LIST_ID}
        aria-activedescendant={choices[selected] ? `${LIST_ID}-${selected}` : undefined}
        rightSection={<Kbd size="xs">Esc</Kbd>}
        rightSectionWidth={56}
      />
      <Spotlight.ActionsList id={LIST_ID} role="listbox" aria-label="What is found">
        <Lines groups={groups} choices={choices} selected={selected} />
        {choices.length === 0 ? <Spotlight.Empty>Nothing has these words.</Spotlight.Empty> : null}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  )
}

interface LinesProps {
  readonly groups: readonly Group[]
  readonly choices: readonly Choice[]
  readonly selected: number
}

function Lines({ groups, choices, selected }: LinesProps) {
  return groups.map(({ name, choices: lines }) => (
    <Spotlight.ActionsGroup key={name} label={name} role="group" aria-label={name}>
      {lines.map((choice) => {
        const index = choices.indexOf(choice)
        return (
          <UnstyledButton
            key={choice.id}
            component="div"
            className="palette-line"
            id={`${LIST_ID}-${index}`}
            role="option"
            aria-selected={index === selected}
            data-action
            tabIndex={-1}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => act(choice)}
          >
            <span className="palette-words">
              <bdi>{choice.label}</bdi>
              {choice.detail === undefined ? null : <small>{choice.detail}</small>}
            </span>
            {choice.command?.keys ? <Keys command={choice.command} /> : null}
          </UnstyledButton>
        )
      })}
    </Spotlight.ActionsGroup>
  ))
}

function act({ run }: Choice): void {
  palette.close()
  // What is done next may need the focus that the closing palette gives back.
  setTimeout(run)
}

interface Chosen {
  readonly choices: readonly Choice[]
  readonly query: string
  readonly isOpen: boolean
}

/**
 * Spotlight marks the chosen line in the page, tells nobody, and knows nothing of lines that come later, as readers do.
 *
 * @returns the chosen line, and what is to hear of keys.
 */
function useChoice({ choices, query, isOpen }: Chosen): readonly [number, () => void] {
  const [selected, select] = useState(0)
  const last = useRef<{ readonly query: string; readonly id: string | undefined }>(undefined)
  const names = choices.map(({ id }) => id).join('\n')
  useLayoutEffect(() => {
    const isSame = last.current?.query === query
    const index = isSame
      ? Math.max(
          0,
          choices.findIndex(({ id }) => id === last.current?.id),
        )
      : 0
    if (isOpen) mark(index)
    select(index)
  }, [isOpen, query, names])
  useLayoutEffect(() => {
    last.current = isOpen ? { query, id: choices[selected]?.id } : undefined
  }, [isOpen, query, names, selected])
  // Spotlight looks at the key after this.
  const hear = () => queueMicrotask(() => select(store.getState().selected))
  return [selected, hear]
}

function mark(index: number): void {
  const lines = document.getElementById(LIST_ID)?.querySelectorAll<HTMLElement>('[data-action]') ?? []
  for (const [at, line] of [...lines].entries()) {
    if (at === index) line.dataset['selected'] = 'true'
    else delete line.dataset['selected']
  }
  lines[index]?.scrollIntoView({ block: 'nearest' })
  store.updateState((state) => ({ ...state, selected: index }))
}

function useReaders(query: string | undefined): readonly ReaderSummary[] {
  const path = query === undefined ? undefined : `/api/readers?q=${encodeURIComponent(query.trim())}`
  return useResource<ReadersBody>(path).data?.readers ?? []
}

interface Sources extends PaletteProps {
  readonly readers: readonly ReaderSummary[]
}

function listGroups(query: string, { state, commands, readers }: Sources): Group[] {
  const { route, issues = [] } = state
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  const has = (text: string) => words.every((word) => text.toLowerCase().includes(word))
  const possible = commands.filter(({ isKeyOnly, when }) => isKeyOnly !== true && (when?.(route) ?? true))
  const byGroup = (group: Command['group']) =>
    possible
      .filter((command) => command.group === group && has(`${group} ${command.does}`))
      .map((command): Choice => ({ id: command.does, label: command.does, command, run: () => command.run('') }))
  const found = issues.filter(({ title, slug, number }) => has(`${title} ${slug} #${number ?? ''}`))
  const groups: Group[] = [
    {
      name: 'Issues',
      choices: found.slice(0, words.length > 0 ? MAX_ISSUES : MAX_NEWEST).map((issue) => toIssue(issue, route)),
    },
    { name: 'Views', choices: byGroup('Views') },
    { name: 'Actions', choices: byGroup('Actions') },
    { name: 'Go to', choices: byGroup('Go to') },
    { name: 'Read as', choices: route.page === 'issue' ? readers.slice(0, MAX_READERS).map(toReader(route)) : [] },
    { name: 'Mail', choices: byGroup('Mail') },
  ]
  return groups.filter(({ choices }) => choices.length > 0)
}

function toIssue({ slug, title, period, number }: IssueSummary, route: Route): Choice {
  const view = route.page === 'issue' ? route.view : FIRST_VIEW
  // Each keeps its own direction (Unicode's isolates).
  const parts = [number === undefined ? undefined : `#${number}`, period, slug].filter(Boolean)
  const detail = parts.map((part) => `\u2068${part}\u2069`).join(' · ')
  const run = () => go({ page: 'issue', slug, view, look: route.look })
  return { id: `issue ${slug}`, label: title, detail, run }
}

function toReader(route: Extract<Route, { page: 'issue' }>): (reader: ReaderSummary) => Choice {
  return ({ id, name, email, language }) => ({
    id: `reader ${id}`,
    label: name ?? email,
    detail: [name === undefined ? undefined : email, language].filter(Boolean).join(' · ') || undefined,
    run: () => go({ ...route, look: { ...route.look, reader: id } }),
  })
}
