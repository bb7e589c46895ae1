import { Kbd, Modal } from '@mantine/core'
import type { Shortcut } from './shortcuts.ts'

const GROUPS = ['Go', 'Look', 'Do'] as const
const NAMES: Readonly<Record<string, string>> = { ArrowDown: '↓', ArrowUp: '↑' }

interface ShortcutListProps {
  readonly shortcuts: readonly Shortcut[]
  readonly isOpen: boolean
  readonly onClose: () => void
}

/** What the keys do. */
export function ShortcutList({ shortcuts, isOpen, onClose }: ShortcutListProps) {
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title="Keys"
      centered
      size="lg"
      lockScroll={false}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <div className="shortcut-groups">
        {GROUPS.map((group) => (
          <section key={group}>
            <h3>{group}</h3>
            <dl className="shortcuts">
              {shortcuts
                .filter((shortcut) => shortcut.group === group)
                .map((shortcut) => (
                  <div key={shortcut.does}>
                    <dt>
                      <Keys shortcut={shortcut} />
                    </dt>
                    <dd>{shortcut.does}</dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  )
}

export function Keys({ shortcut: { keys, isWithControl } }: { readonly shortcut: Shortcut }) {
  return (
    <>
      {isWithControl ? <Kbd>{controlName()}</Kbd> : null}
      {keys.map((key) => (
        <Kbd key={key}>{NAMES[key] ?? key.toUpperCase()}</Kbd>
      ))}
    </>
  )
}

export function controlName(): string {
  return /Mac|iPhone|iPad/.test(navigator.userAgent) ? '⌘' : 'Ctrl'
}
