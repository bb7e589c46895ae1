import type { StudioBody } from '../../api.ts'
import { CopyButton } from '../copy-button.tsx'

/** Where any program on this machine can mail to. */
export function SmtpAddress({ studio }: { readonly studio: StudioBody | undefined }) {
  const address = studio?.inboxAddress
  if (address === undefined) return <p className="preheader">Tests that were mailed on this machine.</p>
  return (
    <p className="preheader smtp-address">
      <span>
        Any program on this machine can mail to it over SMTP, without a login: <code>{address}</code>
      </span>
      <CopyButton text={address} label="Copy the address of the SMTP server" />
    </p>
  )
}
