import type { TemplateProps } from 'letterpress/define'
import type { CSSProperties, ReactElement } from 'react'
import { Body, Container, Footer, Head, Html, IssueSection, Letterhead, Pieces, Preview } from './components/index.ts'
import { preheaderOf } from './components/preheader.ts'
import { completeProps } from './example.ts'

/** A letter of one story: no card, no table of contents, one face in a size to read at length. */
export default function Brief(props: Partial<TemplateProps>): ReactElement {
  const mail = onePaper(completeProps(props))
  const { issue, language, direction, theme, newsletter } = mail
  const preheader = preheaderOf(issue)
  const { light } = theme
  const sheet: CSSProperties = {
    padding: '36px 20px 12px',
    color: light.text,
    fontSize: 19,
    lineHeight: 1.65,
    // A long address or word must not widen the sheet beyond a phone.
    wordBreak: 'break-word',
  }
  return (
    <Html lang={language} dir={direction}>
      <Head mail={mail} title={`${issue.title} · ${newsletter.name}`} />
      <Body mail={mail}>
        {preheader === '' ? null : <Preview>{preheader}</Preview>}
        <Container mail={mail} bgcolor={light.sheet} className="s x" style={sheet} foot={<Footer mail={mail} row />}>
          <Letterhead mail={mail} />
          <Pieces mail={mail} pieces={issue.opening} />
          {issue.sections.map((section) => (
            <IssueSection key={section.id} mail={mail} section={section} />
          ))}
          <Pieces mail={mail} pieces={issue.closing} />
        </Container>
      </Body>
    </Html>
  )
}

/** The mail on a page of one colour and in one face, that of the theme's headings. */
function onePaper(mail: TemplateProps): TemplateProps {
  const { light, dark, fonts } = mail.theme
  const theme = {
    ...mail.theme,
    light: { ...light, page: light.sheet },
    dark: { ...dark, page: dark.sheet },
    fonts: { ...fonts, body: fonts.heading },
  }
  return { ...mail, theme }
}
