import { Kbd, Modal } from '@mantine/core'
import type { Command } from './commands.ts'

const GROUPS = ['Go to', 'Actions', 'Views', 'Mail'] as const
const NAMES: Readonly<Record<string, string>> = { ArrowDown: '↓', ArrowUp: '↑' }

interface ShortcutListProps {
  readonly commands: readonly Command[]
  readonly isOpen: boolean
  readonly onClose: () => void
}

/** What the keys do. */
export function ShortcutList({ commands, isOpen, onClose }: ShortcutListProps) {
  return (
    <Modal opened={isOpen} onClose={onClose} title="Keys" size={720}>
      <div className="shortcut-groups">
        {GROUPS.map((group) => (
          <section key={group}>
            <h3>{group}</h3>
            <dl className="shortcuts">
              {commands
                .filter((command) => command.group === group && command.keys)
                .map((command) => (
                  <div key={command.does}>
                    <dt>
                      <Keys command={command} />
                    </dt>
                    <dd>{command.does}</dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  )
}

/** The keys of a command, as they stand on the keyboard. */
export function Keys({ command: { keys = [], isWithControl } }: { readonly command: Command }) {
  return (
    <span className="keys">
      {isWithControl ? <Kbd size="xs">{controlName()}</Kbd> : null}
      {keys.map((key) => (
        <Kbd key={key} size="xs">
          {NAMES[key] ?? key.toUpperCase()}
        </Kbd>
      ))}
    </span>
  )
}

/** What the key beside the space bar is called here. */
export function controlName(): string {
  return /Mac|iPhone|iPad/.test(navigator.userAgent) ? '⌘' : 'Ctrl'
}
