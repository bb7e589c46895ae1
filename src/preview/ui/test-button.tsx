import { Button, Popover } from '@mantine/core'
import { CopyLine } from './copy-line.tsx'

/** Says how to send a test of this issue. */
export function TestButton({ slug }: { readonly slug: string }) {
  return (
    <Popover position="bottom-end" withArrow shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <Button size="xs">Send a test</Button>
      </Popover.Target>
      <Popover.Dropdown className="test" aria-label="Send a test">
        <p>In a terminal, in the folder of the newsletter:</p>
        <CopyLine text={`npx letterpress test ${slug} --to you@example.com`} />
        <p className="small">
          It is the message that readers would get, byte for byte, but its links change nothing. Without SMTP settings
          it stays on this machine and appears in the inbox here.
        </p>
      </Popover.Dropdown>
    </Popover>
  )
}
