import { Drop } from 'liquidjs'
import { escapeHtml } from '../../base/index.ts'
import { isSlotName, markSlot, SLOT_NAMES } from '../slot.ts'
import { unknownSlot } from '../errors.ts'
import { TemplateProblem } from './problem.ts'

/** HTML that is safe to print as it stands; what a template does to it with a text filter is plain text again. */
export class SafeHtml extends Drop {
  readonly #html: string
  readonly #mark: string

  /** @param mark - printed in its place when it is put in later; see bodies.ts. */
  constructor(html: string, mark: string = html) {
    super()
    this.#html = html
    this.#mark = mark
  }

  print(): string {
    return this.#mark
  }

  override valueOf(): string {
    return this.#html
  }
}

/**
 * A slot as a Liquid value: it prints its mark, and refuses everything else, since a mail is rendered once for all
 * readers and no reader's value is known yet.
 */
export class SlotDrop extends Drop {
  readonly #name: string
  readonly #fallback: string | undefined

  constructor(name: string, fallback?: string) {
    super()
    this.#name = name
    this.#fallback = fallback
  }

  /** The same slot with a text for readers without a value. */
  withFallback(fallback: string): SlotDrop {
    return new SlotDrop(this.#name, fallback)
  }

  mark(): string {
    return markSlot(this.#name, this.#fallback)
  }

  // Liquid asks for the value in conditions, loops and filters.
  override valueOf(): never {
    throw new TemplateProblem(
      `"${this.#name}" is a slot, and a slot can only be printed: the mail is rendered once for all readers, before their values are known.`,
      {
        hint: `Print it, with a text for readers without a value where one may be missing: {{ ${this.#name} | default: "…" }}.`,
      },
    )
  }

  override liquidMethodMissing(): never {
    return this.valueOf()
  }
}

/** `subscriber` or `subscriber.fields`: its members are slots. */
export class SlotGroup extends Drop {
  readonly #name: string

  constructor(name: string) {
    super()
    this.#name = name
  }

  override liquidMethodMissing(key: string | number): SlotDrop | SlotGroup {
    const name = `${this.#name}.${key}`
    if (name === 'subscriber.fields') return new SlotGroup(name)
    if (isSlotName(name)) return new SlotDrop(name)
    throw new TemplateProblem(unknownSlot.message(name), { code: unknownSlot.code, hint: unknownSlot.hint(SLOT_NAMES) })
  }
}

/**
 * What `{{ … }}` prints: safe HTML and slots as they are, any other text escaped.
 *
 * @throws TemplateProblem for a value that has no text, such as a whole section.
 */
export function printValue(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (value instanceof SafeHtml) return value.print()
  if (value instanceof SlotDrop) return value.mark()
  if (Array.isArray(value)) return value.map(printValue).join('')
  if (typeof value === 'string') return escapeHtml(value)
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  throw new TemplateProblem('This value holds several others and cannot be printed itself.', {
    hint: 'Name one of them: section.title.',
  })
}
