import type { MissingValue } from '../../api.ts'

const number = new Intl.NumberFormat('en')

/** Flags for values without a fallback that this reader or others lack. */
export function MissingValues({ missing }: { readonly missing: readonly MissingValue[] }) {
  return missing.map((value) => (
    <span key={value.slot} className={value.isMissingHere ? 'chip error' : 'chip warning'}>
      {describe(value)}
    </span>
  ))
}

function describe({ slot, isMissingHere, readers, audience }: MissingValue): string {
  const all = audience === undefined ? '' : ` of ${number.format(audience)}`
  const isOne = (audience ?? readers) === 1
  const many = readers === undefined ? 'Some readers' : `${number.format(readers)}${all} reader${isOne ? '' : 's'}`
  if (!isMissingHere) return `${many} lack${readers === 1 ? 's' : ''} ${slot}`
  return readers === undefined ? `Lacks ${slot}` : `Lacks ${slot}, like ${many}`
}
