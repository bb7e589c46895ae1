import { Kbd, Modal } from '@mantine/core'
import { SHORTCUTS } from './keyboard.ts'
import { SEARCH_ID } from './sidebar.tsx'

/** The keys that do something at the moment: a short list of issues has no search. */
export function ShortcutList({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) {
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title="Keys"
      centered
      lockScroll={false}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <dl className="shortcuts">
        {SHORTCUTS.filter(({ keys }) => keys[0] !== '/' || document.getElementById(SEARCH_ID) !== null).map(
          ({ keys, does }) => (
            <div key={does}>
              <dt>
                {keys.map((key) => (
                  <Kbd key={key}>{key}</Kbd>
                ))}
              </dt>
              <dd>{does}</dd>
            </div>
          ),
        )}
      </dl>
    </Modal>
  )
}
