import { type ComponentType, lazy, Suspense } from 'react'

const made = new Map<unknown, ComponentType<never>>()

/** Shows a view, whose code is fetched when it is first shown. */
export function LoadedView<P extends object>({ load, props }: LoadedViewProps<P>) {
  const View = find(load)
  return (
    <Suspense fallback={<p className="loading">Opening …</p>}>
      <View {...props} />
    </Suspense>
  )
}

interface LoadedViewProps<P extends object> {
  readonly load: () => Promise<ComponentType<P>>
  readonly props: P
}

// One component for each view, or React would begin anew at every turn.
function find<P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P> {
  const known = made.get(load) as ComponentType<P> | undefined
  if (known) return known
  const view: ComponentType<P> = lazy(async () => ({ default: await load() }))
  made.set(load, view)
  return view
}
