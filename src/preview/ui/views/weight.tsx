import { SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import type { TreeBody } from '../../api.ts'
import { Failure } from '../failure.tsx'
import { useResource } from '../resource.ts'
import { ImageList } from '../weight/image-list.tsx'
import { PartTable } from '../weight/part-table.tsx'
import { listParts, type PartOrder } from '../weight/parts.ts'
import { Scale } from '../weight/scale.tsx'
import type { IssueViewProps } from './types.ts'

const ORDERS = [
  { value: 'mail', label: 'As in the mail' },
  { value: 'size', label: 'Largest first' },
] as const

/** What each part weighs, and how far it is to Gmail's limit. */
export function WeightView({ open: { slug, body }, route }: IssueViewProps) {
  const [order, setOrder] = useState<PartOrder>('mail')
  const path = `/api/issues/${encodeURIComponent(slug)}/tree`
  const { data, failure } = useResource<TreeBody>(path, ['issue', 'template', 'config'])
  if (!data)
    return <div className="content">{failure ? <Failure {...failure} /> : <p className="loading">Weighing …</p>}</div>
  return (
    <div className="content" data-scrolls>
      <div className="weight">
        <Scale tree={data} />
        <section aria-labelledby="weight-parts">
          <h2 id="weight-parts">
            Parts
            <SegmentedControl
              size="xs"
              withItemsBorders={false}
              aria-label="Order of the parts"
              data={[...ORDERS]}
              value={order}
              onChange={(value) => setOrder(value === 'size' ? 'size' : 'mail')}
            />
          </h2>
          <PartTable parts={listParts(data, order)} route={route} />
        </section>
        <ImageList images={data.images} />
        {body.mail?.isStale ? (
          <p className="small">The file cannot be built as it is; this is the last that could.</p>
        ) : null}
      </div>
    </div>
  )
}
