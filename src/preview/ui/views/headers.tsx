import { SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import { count } from '../format.ts'
import { formatOctets } from '../format-octets.ts'
import { Toolbar } from '../toolbar.tsx'
import type { HeaderField } from '../../api.ts'
import { noteOf } from './headers-notes.ts'
import { Download, Message } from './message.tsx'
import type { IssueViewProps } from './types.ts'

const FORMS = ['decoded', 'raw'] as const
const FORM_NAMES = { decoded: 'Decoded', raw: 'As sent' } as const
type Form = (typeof FORMS)[number]

/** The header fields of the message, and what each is for. */
export function HeadersView({ open }: IssueViewProps) {
  const [form, setForm] = useState<Form>('decoded')
  return (
    <Message open={open}>
      {({ headers, rawUrl }) => (
        <>
          <Toolbar label="How the header is shown">
            <SegmentedControl
              size="xs"
              withItemsBorders={false}
              aria-label="Form of the fields"
              data={FORMS.map((value) => ({ value, label: FORM_NAMES[value] }))}
              value={form}
              onChange={(value) => setForm(value === 'raw' ? 'raw' : 'decoded')}
            />
            <span className="figures">{`${count(headers.length, 'field')}, ${formatOctets(measure(headers))}`}</span>
            <Download url={rawUrl} />
          </Toolbar>
          <div className="content">
            <div className="source">
              <dl className="fields" data-form={form}>
                {headers.map((field, index) => (
                  <Field key={index} field={field} form={form} />
                ))}
              </dl>
            </div>
          </div>
        </>
      )}
    </Message>
  )
}

/** One field of a header. */
export function Field({ field: { name, value, raw }, form }: { readonly field: HeaderField; readonly form: Form }) {
  return (
    <div>
      <dt>
        <FieldName name={name} />
      </dt>
      {form === 'decoded' ? <dd dir="auto">{value}</dd> : <dd className="folded">{raw.slice(raw.indexOf(':') + 1)}</dd>}
    </div>
  )
}

function FieldName({ name }: { readonly name: string }) {
  const note = noteOf(name)
  if (note === undefined) return name
  return (
    <button type="button" className="noted">
      {name}
      <span className="note" role="tooltip">
        {note}
      </span>
    </button>
  )
}

/** Octets of the header, with line ends. */
function measure(headers: readonly HeaderField[]): number {
  return headers.reduce((sum, { raw }) => sum + new TextEncoder().encode(raw).length + 2, 0)
}
