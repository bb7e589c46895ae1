import { Button } from '@mantine/core'
import { Component, type ComponentType, lazy, type ReactNode, Suspense } from 'react'

const made = new Map<unknown, ComponentType<never>>()

/** Shows a view, whose code is fetched when it is first shown. */
export function LoadedView<P extends object>({ load, props }: LoadedViewProps<P>) {
  const View = find(load)
  return (
    <Fence>
      <Suspense fallback={<p className="loading">Opening …</p>}>
        <View {...props} />
      </Suspense>
    </Fence>
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

/** A view that fails takes neither the list nor the other views with it. */
class Fence extends Component<{ readonly children: ReactNode }, { readonly reason?: string }> {
  override state: { readonly reason?: string } = {}

  static getDerivedStateFromError(error: unknown): { readonly reason: string } {
    return { reason: error instanceof Error ? error.message : String(error) }
  }

  override render(): ReactNode {
    const { reason } = this.state
    if (reason === undefined) return this.props.children
    return (
      <div className="notice" role="alert">
        <h2>This view cannot be shown</h2>
        <p>The preview was perhaps started again with another version since this page was opened.</p>
        <Button className="way-out" size="xs" variant="default" onClick={() => location.reload()}>
          Load the page again
        </Button>
        <p className="small">
          <code>{reason}</code>
        </p>
      </div>
    )
  }
}
