import { Button, Modal } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useState } from 'react'
import { count } from '../format.ts'
import { deleteAllMessages } from './delete-messages.ts'

/** Empties the inbox, once that is said twice. */
export function DeleteAll({ total }: { readonly total: number }) {
  const [isOpen, { open, close }] = useDisclosure(false)
  const [isBusy, setBusy] = useState(false)
  const empty = async () => {
    setBusy(true)
    if (await deleteAllMessages()) close()
    setBusy(false)
  }
  return (
    <>
      <Button size="xs" variant="default" className="grave" onClick={open}>
        Delete all
      </Button>
      <Modal opened={isOpen} onClose={close} title={`Delete ${count(total, 'message')}?`} size={440}>
        <p>They are files of this machine alone, and are gone for good.</p>
        <div className="form-foot">
          <Button variant="default" size="sm" onClick={close}>
            Keep them
          </Button>
          <Button color="red" size="sm" loading={isBusy} onClick={() => void empty()} data-autofocus>
            Delete all
          </Button>
        </div>
      </Modal>
    </>
  )
}
