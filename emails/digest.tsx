import type { TemplateProps } from 'letterpress/define'
import type { CSSProperties, ReactElement } from 'react'
import {
  Body,
  Container,
  Footer,
  Head,
  Html,
  IssueSection,
  Masthead,
  Pieces,
  Preview,
  Rule,
} from './components/index.ts'
import { preheaderOf } from './components/preheader.ts'
import { completeProps } from './example.ts'

/** A weekly digest: masthead, opening, numbered sections and entries, closing, footer, in one column. */
export default function Digest(props: Partial<TemplateProps>): ReactElement {
  const mail = completeProps(props)
  const { issue, language, direction, theme, newsletter } = mail
  const preheader = preheaderOf(issue)
  const { light } = theme
  const sheet: CSSProperties = {
    padding: '24px 20px 36px',
    borderTop: `6px solid ${light.accent}`,
    color: light.text,
    fontSize: 17,
    lineHeight: 1.6,
    // A long address or word must not widen the sheet beyond a phone.
    wordBreak: 'break-word',
  }
  return (
    <Html lang={language} dir={direction}>
      <Head mail={mail} title={`${issue.title} · ${newsletter.name}`} />
      <Body mail={mail}>
        {preheader === '' ? null : <Preview>{preheader}</Preview>}
        <Container mail={mail} bgcolor={light.sheet} className="s x r" style={sheet} foot={<Footer mail={mail} row />}>
          <Masthead mail={mail} />
          <Pieces mail={mail} pieces={issue.opening} />
          {issue.sections.map((section) => (
            <IssueSection key={section.id} mail={mail} section={section} />
          ))}
          {issue.closing.length === 0 ? null : <Rule mail={mail} />}
          <Pieces mail={mail} pieces={issue.closing} />
        </Container>
      </Body>
    </Html>
  )
}
