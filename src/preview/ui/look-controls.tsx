import { SegmentedControl } from '@mantine/core'
import { DEVICES, type InboxRoute, type IssueRoute, type Look, SCHEMES } from './route.ts'
import { go } from './store.ts'
import { Toolbar } from './toolbar.tsx'

const DEVICE_NAMES = { '320': '320', '375': '375', '414': '414', '768': '768', '1024': '1024', full: 'Full' } as const
const SCHEME_NAMES = { light: 'Light', dark: 'Dark', gmail: 'Gmail', outlook: 'Outlook' } as const

/** Width of the mail, light or dark. */
export function LookControls({ route }: { readonly route: IssueRoute | InboxRoute }) {
  const { look } = route
  const choose = (next: Look) => go({ ...route, look: next }, { replace: true })
  return (
    <Toolbar label="How the mail is shown">
      <SegmentedControl
        size="xs"
        withItemsBorders={false}
        aria-label="Width of the mail"
        data={DEVICES.map((value) => ({ value, label: DEVICE_NAMES[value] }))}
        value={look.device}
        onChange={(device) => choose({ ...look, device })}
      />
      <SegmentedControl
        size="xs"
        withItemsBorders={false}
        aria-label="Light or dark mail"
        data={SCHEMES.slice(0, 2).map((value) => ({ value, label: SCHEME_NAMES[value] }))}
        value={look.scheme}
        onChange={(value) => choose({ ...look, scheme: SCHEMES.find((scheme) => scheme === value) ?? look.scheme })}
      />
    </Toolbar>
  )
}
