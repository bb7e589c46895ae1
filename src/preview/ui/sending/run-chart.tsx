import { AreaChart } from '@mantine/charts'
import { SegmentedControl } from '@mantine/core'
import { useMemo, useState } from 'react'
import type { RunBody } from '../../api.ts'
import { formatNumber } from '../figures.ts'
import { chooseTicks, toPoints, toRates } from './run-samples.ts'
import { KIND_NAMES } from './words.ts'
import '@mantine/charts/styles.layer.css'

const MODES = [
  { value: 'counts', label: 'In all' },
  { value: 'rate', label: 'Per second' },
]
const KINDS = ['accepted', 'deferred', 'unknown', 'failed'] as const

const clock = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' })
const shortClock = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' })
const LONG_MS = 10 * 60_000

/** How a send went over time. */
export function RunChart({ run: { history, total, counts } }: { readonly run: RunBody }) {
  const [mode, setMode] = useState('counts')
  const points = useMemo(() => toPoints(history), [history])
  const rates = useMemo(() => toRates(points), [points])
  const isRate = mode === 'rate'
  const series = KINDS.filter((kind) => kind === 'accepted' || counts[kind] > 0)
  return (
    <section className="sheet run-chart" aria-labelledby="chart-name">
      <h2 id="chart-name">
        Over time
        <SegmentedControl
          size="xs"
          withItemsBorders={false}
          aria-label="What the chart shows"
          data={MODES}
          value={mode}
          onChange={setMode}
        />
      </h2>
      <AreaChart
        h={240}
        data={isRate ? rates : points}
        dataKey="at"
        type={isRate ? 'default' : 'stacked'}
        series={
          isRate
            ? [{ name: 'rate', label: 'Messages per second', color: 'var(--kind-accepted)' }]
            : series.map((kind) => ({ name: kind, label: KIND_NAMES[kind], color: `var(--kind-${kind})` }))
        }
        curveType="linear"
        withDots={false}
        withGradient={false}
        fillOpacity={0.28}
        strokeWidth={1.5}
        gridAxis="x"
        tickLine="x"
        textColor="var(--muted)"
        gridColor="var(--line)"
        valueFormatter={formatNumber}
        xAxisProps={{ ...X_AXIS, ticks: chooseTicks(isRate ? rates : points), tickFormatter: chooseClock(points) }}
        yAxisProps={{ width: 52, allowDecimals: isRate, ...(isRate ? {} : { domain: [0, total] }) }}
        areaProps={{ isAnimationActive: false }}
        tooltipAnimationDuration={0}
        tooltipProps={{ labelFormatter: (at: unknown) => (typeof at === 'number' ? clock.format(at) : '') }}
      />
    </section>
  )
}

const X_AXIS = { type: 'number', scale: 'time', domain: ['dataMin', 'dataMax'], minTickGap: 48 } as const

function chooseClock(points: readonly { readonly at: number }[]): (at: number) => string {
  const [first, last] = [points[0]?.at ?? 0, points.at(-1)?.at ?? 0]
  const format = last - first > LONG_MS ? shortClock : clock
  return (at) => format.format(at)
}
