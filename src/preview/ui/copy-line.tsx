import { Button, CopyButton } from '@mantine/core'

/** A command line to take along. */
export function CopyLine({ text }: { readonly text: string }) {
  return (
    <div className="copy-line">
      <code>{text}</code>
      <CopyButton value={text}>
        {({ copied, copy }) => (
          <Button size="compact-sm" variant="default" onClick={copy}>
            {copied ? 'Copied' : 'Copy'}
          </Button>
        )}
      </CopyButton>
    </div>
  )
}
