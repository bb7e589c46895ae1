declare module 'virtual:axe' {
  import type axe from 'axe-core'

  /** Makes an axe that looks at the document of this window, whichever window that is. Built by vite.config.ts. */
  export default function createAxe(window: Window): typeof axe
}
