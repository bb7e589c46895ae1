/** Named imports of components, from the index or from a file of one. */
const COMPONENTS = /^import \{([^}]*)\} from '\.\/components\/[^']+'\n/gm

/**
 * Source of a built-in template as it works in a newsletter: components come from the package, the component has the
 * new name, and the props are there, since the example that stands in for missing ones stays behind.
 *
 * @param from - name of the built-in template; its component is the same in capitals.
 */
export function adaptSource(source: string, from: string, name: string): string {
  const names = [...source.matchAll(COMPONENTS)].flatMap(([, list = '']) => list.split(',').map((one) => one.trim()))
  const lines = names
    .filter((one) => one !== '')
    .toSorted()
    .map((one) => `  ${one},\n`)
  let isFirst = true
  return source
    .replaceAll(COMPONENTS, () => {
      if (!isFirst) return ''
      isFirst = false
      return `import {\n${lines.join('')}} from 'letterpress/components'\n`
    })
    .replace(/^import \{ completeProps \} from .*\n/m, '')
    .replace('(props: Partial<TemplateProps>)', '(props: TemplateProps)')
    .replaceAll('completeProps(props)', 'props')
    .replace(/\(props: (TemplateProps\)[^\n]*\n) *const mail = props\n/, '(mail: $1')
    .replaceAll(new RegExp(`\\bfunction ${toPascal(from)}\\b`, 'g'), `function ${toPascal(name)}`)
}

function toPascal(name: string): string {
  const words = name.split('-').map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
  // A name in code does not begin with a digit.
  return words.join('').replace(/^(?=\d)/, 'Template')
}
