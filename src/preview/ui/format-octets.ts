const number = new Intl.NumberFormat('en')

/** `88,231 bytes`, for where a byte counts. */
export function formatOctets(octets: number): string {
  return `${number.format(octets)} byte${octets === 1 ? '' : 's'}`
}
