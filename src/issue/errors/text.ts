import type { IssueError } from './issue-error.ts'

const cut = (text: string): string => (text.length > 80 ? `${text.slice(0, 80)}…` : text)

/** Problems of words, links and images. */
export const textErrors = {
  rawHtml: {
    code: 'issue/raw-html',
    title: 'HTML shown as text',
    severity: 'warning',
    message: (tag: string) => `HTML is not passed on; readers will see ${tag} as text.`,
    hint: () => 'Use Markdown or a block; put code into `backticks` to show it.',
  },
  invalidSlot: {
    code: 'issue/invalid-slot',
    title: 'Malformed slot',
    severity: 'error',
    message: (found: string) => `This is not a slot: ${found}.`,
    hint: () =>
      'A slot is written on one line: {{ subscriber.name }} or {{ subscriber.name | default: "there" }}. Put braces into `backticks` to show them.',
  },
  unknownSlot: {
    code: 'issue/unknown-slot',
    title: 'Unknown slot',
    severity: 'error',
    message: (name: string, _known: readonly string[], near?: string) =>
      `No slot is named "${name}".${near === undefined ? '' : ` Did you mean "${near}"?`}`,
    hint: (_name: string, known: readonly string[]) => `Slots are ${known.join(', ')} and subscriber.fields.<column>.`,
  },
  slotHere: {
    code: 'issue/slot-not-allowed',
    title: 'Slot where none can be',
    severity: 'error',
    message: (where: string) => `A slot cannot stand in ${where}, which is the same for every reader.`,
    hint: () => 'Slots may stand in the text, the subject and the preheader.',
  },
  slotInLink: {
    code: 'issue/slot-in-link',
    title: 'Slot as the address of a link',
    severity: 'error',
    message: () => 'A slot cannot be the address of a link in the text.',
    hint: () => 'Every mail ends with the links to unsubscribe and to read online; in a template write href={slot(…)}.',
  },
  unknownLatex: {
    code: 'issue/unknown-latex',
    title: 'Unknown LaTeX command',
    severity: 'warning',
    message: (name: string, near?: string) =>
      `The command ${name} is not known, so readers will see it as written.${near === undefined ? '' : ` Did you mean "\\${near}"?`}`,
    hint: () => 'Write the character itself, or put the text into `backticks` if it is code.',
  },
  forbiddenLink: {
    code: 'issue/forbidden-link',
    title: 'Link of a forbidden kind',
    severity: 'error',
    message: (url: string) => `Readers cannot follow this link: ${url}.`,
    hint: () => 'Links begin with https:, http:, mailto:, tel: or, to a place in the mail, #.',
  },
  missingImage: {
    code: 'issue/missing-image',
    title: 'Image not found',
    severity: 'error',
    message: (source: string) => `There is no image "${source}".`,
    hint: (_source: string, folder: string) => `Its path counts from the folder ${folder}.`,
  },
  imageOutside: {
    code: 'issue/image-outside-root',
    title: 'Image outside the newsletter',
    severity: 'error',
    message: (source: string) => `The image "${source}" is not inside the folder of the newsletter.`,
    hint: () => "Copy it into a folder of the issue's name beside the issue, and write the path with forward slashes.",
  },
  remoteImage: {
    code: 'issue/forbidden-image',
    title: 'Image of a forbidden kind',
    severity: 'error',
    message: (source: string) => `Mail programs do not load this image: ${source}.`,
    hint: () =>
      'An image is a file beside the issue or an address that begins with https: (a quotation mark in it is written %27).',
  },
  strayMarkup: {
    code: 'issue/stray-markup',
    title: 'Markdown shown as text',
    severity: 'warning',
    message: (found: string) => `Markdown does not understand ${cut(found)} here, so readers will see it as written.`,
    hint: (found: string) => {
      if (/^\[.*\]\[/su.test(found))
        return 'Add a line [name]: https://… with that name, or put a backslash before the [ to show it.'
      if (found.startsWith('['))
        return 'A link is [text](https://…): no blank before the parenthesis, and %20 for one in the address. Put a backslash before the [ to show it.'
      return `Put ${found} right before the first and right after the last word. To show it, put a backslash before it, or the text into \`backticks\`.`
    },
  },
  strayImage: {
    code: 'issue/stray-image',
    title: 'Image shown as text',
    severity: 'error',
    message: (found: string) =>
      `Markdown does not understand the image ${cut(found)}, so readers would see it as text.`,
    hint: (found: string) => {
      const [, label, path] = /^!\[([^\]]*)\]\((.+)\)$/su.exec(found) ?? []
      if (/^https?:/i.test(path ?? '')) return 'An address has %20 for each blank.'
      if (path !== undefined && !/[<>"']/.test(path))
        return `A path with blanks stands in angle brackets, ![${label}](<${path}>), or has %20 for each.`
      return 'An image is ![text](path): no blank before the parenthesis, and a path with blanks in angle brackets, (<my pic.png>).'
    },
  },
  imageFormat: {
    code: 'issue/image-format',
    title: 'Not an image',
    severity: 'error',
    message: (source: string) => `"${source}" is not an image that could be read.`,
    hint: () => 'Images are PNG, JPEG or GIF; WebP and SVG are read, but many mail programs do not show them.',
  },
  tableTooLarge: {
    code: 'issue/table-too-large',
    title: 'Table too large for a mail',
    severity: 'error',
    message: (columns: number, rows: number) =>
      `This table has ${columns} columns and ${rows} rows, so it is too large for a mail.`,
    hint: () => 'A table may have 5,000 cells, those included that short rows leave empty. Link to it instead.',
  },
  surplusCell: {
    code: 'issue/surplus-cell',
    title: 'Cell without a column',
    severity: 'warning',
    message: (columns: number) =>
      `The head of the table has ${columns} ${columns === 1 ? 'column' : 'columns'}, so this cell and those after it are left out.`,
    hint: () => 'Add a column to the head and to the line below it, or write \\| for a bar in the text.',
  },
  unknownNote: {
    code: 'issue/unknown-footnote',
    title: 'Footnote without text',
    severity: 'warning',
    message: (label: string) => `There is no footnote "${label}", so readers will see the brackets.`,
    hint: (label: string) => `Add a line [^${label}]: with its text below the paragraph.`,
  },
  unusedNote: {
    code: 'issue/unused-footnote',
    title: 'Footnote nobody refers to',
    severity: 'warning',
    message: (label: string) => `Nothing refers to the footnote "${label}", so it is left out.`,
    hint: (label: string) => `Put [^${label}] where it belongs, or take the note away.`,
  },
} as const satisfies Record<string, IssueError>
