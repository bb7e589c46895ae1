import { SegmentedControl } from '@mantine/core'
import { go } from './store.ts'
import { type Look, type Route, SCHEMES, WIDTHS } from './route.ts'

const WIDTH_NAMES = { '320': '320', '375': '375', '640': '640', full: 'Full' } as const
const SCHEME_NAMES = { light: 'Light', dark: 'Dark' } as const

/** Width of the mail, light or dark. */
export function LookControls({ route }: { readonly route: Route }) {
  const { look } = route
  const choose = (next: Look) => go({ ...route, look: next }, { replace: true })
  return (
    <div className="look">
      <SegmentedControl
        size="xs"
        withItemsBorders={false}
        aria-label="Width of the mail"
        data={WIDTHS.map((value) => ({ value, label: WIDTH_NAMES[value] }))}
        value={look.width}
        onChange={(value) => choose({ ...look, width: WIDTHS.find((width) => width === value) ?? look.width })}
      />
      <SegmentedControl
        size="xs"
        withItemsBorders={false}
        aria-label="Light or dark mail"
        data={SCHEMES.map((value) => ({ value, label: SCHEME_NAMES[value] }))}
        value={look.scheme}
        onChange={(value) => choose({ ...look, scheme: SCHEMES.find((scheme) => scheme === value) ?? look.scheme })}
      />
    </div>
  )
}
