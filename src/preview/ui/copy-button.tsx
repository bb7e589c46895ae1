import { Button, CopyButton as Copier } from '@mantine/core'

/** Takes a text along. @param label - for those who do not see what stands beside it. */
export function CopyButton({ text, label }: { readonly text: string; readonly label: string }) {
  return (
    <Copier value={text}>
      {({ copied, copy }) => (
        <Button size="compact-sm" variant="default" onClick={copy} aria-label={copied ? 'Copied' : label}>
          {copied ? 'Copied' : 'Copy'}
        </Button>
      )}
    </Copier>
  )
}
