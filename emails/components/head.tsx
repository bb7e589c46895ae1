import type { ComponentPropsWithoutRef, ReactElement } from 'react'
import { Mso } from './mso.tsx'
import type { TemplateProps } from 'letterpress/define'
import { buildStyles, buildWordStyles } from './styles.ts'

// Without it Windows at 120 dpi scales text but not widths.
const PIXELS_PER_INCH =
  '<noscript><xml><o:OfficeDocumentSettings xmlns:o="urn:schemas-microsoft-com:office:office"><o:PixelsPerInch>96</o:PixelsPerInch></o:OfficeDocumentSettings></xml></noscript>'

/**
 * React Email's `Head` has no viewport, no colour scheme and nothing for Outlook, and `Preview` adds a second title.
 * Here: one title, the metas, the style sheet.
 */
export function Head({
  mail,
  title,
  children,
  ...props
}: ComponentPropsWithoutRef<'head'> & { readonly mail: TemplateProps; readonly title: string }): ReactElement {
  return (
    <head {...props}>
      <meta charSet="utf-8" />
      <meta name="viewport" content="width=device-width,initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      {/* Otherwise iOS turns dates and numbers into blue links of its own. */}
      <meta name="format-detection" content="telephone=no,date=no,address=no" />
      <title>{title}</title>
      <Mso html={PIXELS_PER_INCH + buildWordStyles(mail.theme)} />
      <style>{buildStyles(mail.theme)}</style>
      {children}
    </head>
  )
}
