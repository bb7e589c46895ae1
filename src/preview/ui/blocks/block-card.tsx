import type { BlockBody } from '../../api.ts'
import { CopyButton } from '../copy-button.tsx'
import { fromDiagnostic } from '../problems/problem.ts'
import { ProblemCard } from '../problems/problem-card.tsx'
import type { Look } from '../route.ts'
import { BlockFrame } from './block-frame.tsx'

interface BlockCardProps {
  readonly block: BlockBody
  readonly look: Look
  /** Rises when blocks look different now. */
  readonly version: number
  readonly isChosen: boolean
}

/** One block: as readers see it, and as it is written. */
export function BlockCard({ block, look, version, isChosen }: BlockCardProps) {
  const { name, summary, source, url, diagnostics } = block
  return (
    <article className="block" id={`block-${name}`} aria-labelledby={`block-${name}-name`} data-chosen={isChosen}>
      <header>
        <h2 id={`block-${name}-name`} tabIndex={-1}>
          <code>{name}</code>
        </h2>
        <p>{summary}</p>
      </header>
      <div className="block-halves">
        {url === undefined ? (
          <ol className="cards">
            {diagnostics.map((diagnostic, index) => (
              <ProblemCard key={index} problem={fromDiagnostic(diagnostic)} />
            ))}
          </ol>
        ) : (
          <BlockFrame url={`${url}?version=${version}`} name={name} look={look} />
        )}
        <div className="block-source">
          <p>
            <span>Markdown</span>
            <CopyButton text={source} label={`Copy the Markdown of ${name}`} />
          </p>
          <pre tabIndex={0}>{source}</pre>
        </div>
      </div>
    </article>
  )
}
