import { SegmentedControl } from '@mantine/core'
import { DEVICES, type InboxRoute, type IssueRoute, type Look, SCHEMES } from './route.ts'
import { go } from './store.ts'
import { Toolbar } from './toolbar.tsx'

const DEVICE_NAMES = { '320': '320', '375': '375', '414': '414', '768': '768', '1024': '1024', full: 'Full' } as const
export const SCHEME_NAMES = {
  light: 'Light',
  dark: 'Dark',
  gmail: 'Gmail',
  'gmail-ios': 'Gmail iOS',
  outlook: 'Outlook',
} as const
/** What a scheme is, when it is not the mail's own. */
const SCHEME_NOTES = {
  light: undefined,
  dark: undefined,
  gmail: 'Emulated: Gmail on Android in its dark theme turns light areas, and asks no mail what it would like.',
  'gmail-ios': 'Emulated: Gmail on an iPhone in its dark theme turns every colour, also those of a dark mail.',
  outlook: 'Emulated: the Outlook apps darken the mail’s own dark look further, and heed rules for [data-ogsc].',
} as const

/** Width of the mail, light or dark, with images or without. */
export function LookControls({ route }: { readonly route: IssueRoute | InboxRoute }) {
  const { look } = route
  const choose = (next: Look) => go({ ...route, look: next }, { replace: true })
  const note = SCHEME_NOTES[look.scheme]
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
        data={SCHEMES.map((value) => ({ value, label: SCHEME_NAMES[value] }))}
        value={look.scheme}
        onChange={(value) => choose({ ...look, scheme: SCHEMES.find((scheme) => scheme === value) ?? look.scheme })}
      />
      <label className="tick">
        <input
          type="checkbox"
          checked={look.images === 'on'}
          onChange={({ currentTarget }) => choose({ ...look, images: currentTarget.checked ? 'on' : 'off' })}
        />
        Images
      </label>
      {note === undefined ? null : <p className="look-note">{note}</p>}
    </Toolbar>
  )
}
