import { SegmentedControl } from '@mantine/core'
import { useEffect } from 'react'
import type { BlocksBody } from '../../api.ts'
import { BlockCard } from '../blocks/block-card.tsx'
import { Failure } from '../failure.tsx'
import { useResource } from '../resource.ts'
import { type BlocksRoute, formatRoute, type Look } from '../route.ts'
import { go, useStore } from '../store.ts'
import { Toolbar } from '../toolbar.tsx'
import type { PageProps } from './types.ts'

/** Every block by its own example: as it looks in the mail, and as it is written. */
export function BlocksPage({ route }: PageProps<BlocksRoute>) {
  const { changes } = useStore()
  const { data, failure } = useResource<BlocksBody>('/api/blocks', ['template', 'config'])
  const version = (changes.template ?? 0) + (changes.config ?? 0)
  const blocks = data?.blocks
  useEffect(() => {
    if (route.id === undefined || !blocks) return
    const heading = document.getElementById(`block-${route.id}-name`)
    heading?.scrollIntoView({ block: 'start' })
    heading?.focus({ preventScroll: true })
  }, [route.id, blocks !== undefined])
  return (
    <>
      <div className="head">
        <h1>Blocks</h1>
        <p className="preheader">What an issue can hold besides text, each by its own example.</p>
      </div>
      <div className="bar">
        <BlockIndex names={blocks?.map(({ name }) => name) ?? []} route={route} />
      </div>
      <div className="stage" data-scrolls>
        <BlockLook route={route} />
        {failure && !blocks ? <Failure {...failure} /> : null}
        <div className="content blocks" data-scrolls>
          {blocks ? null : <p className="loading">Rendering …</p>}
          {blocks?.map((block) => (
            <BlockCard
              key={block.name}
              block={block}
              look={route.look}
              version={version}
              isChosen={block.name === route.id}
            />
          ))}
        </div>
      </div>
    </>
  )
}

interface BlockIndexProps {
  readonly names: readonly string[]
  readonly route: BlocksRoute
}

function BlockIndex({ names, route }: BlockIndexProps) {
  return (
    <nav className="tabs" aria-label="Blocks">
      {names.map((name) => (
        <a key={name} href={formatRoute({ ...route, id: name })} aria-current={name === route.id ? 'true' : undefined}>
          {name}
        </a>
      ))}
    </nav>
  )
}

function BlockLook({ route }: { readonly route: BlocksRoute }) {
  const { look } = route
  const choose = (next: Partial<Look>) => go({ ...route, look: { ...look, ...next } }, { replace: true })
  return (
    <Toolbar label="How the blocks are shown">
      <SegmentedControl
        size="xs"
        withItemsBorders={false}
        aria-label="Width of the mail"
        data={[
          { value: 'full', label: 'Desktop' },
          { value: '375', label: 'Phone' },
        ]}
        value={look.device === 'full' ? 'full' : '375'}
        onChange={(device) => choose({ device })}
      />
      <SegmentedControl
        size="xs"
        withItemsBorders={false}
        aria-label="Light or dark mail"
        data={[
          { value: 'light', label: 'Light' },
          { value: 'dark', label: 'Dark' },
        ]}
        value={look.scheme === 'light' ? 'light' : 'dark'}
        onChange={(scheme) => choose({ scheme: scheme === 'dark' ? 'dark' : 'light' })}
      />
    </Toolbar>
  )
}
