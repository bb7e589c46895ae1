// The light entries of css-tree, which its types do not name: the main one loads a lexer with all of CSS.
declare module 'css-tree/parser' {
  import type { CssNode, parse } from 'css-tree'

  const parseLight: (text: string, options?: Parameters<typeof parse>[1]) => CssNode
  export default parseLight
}
