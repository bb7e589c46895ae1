import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { startStore } from './store.ts'
import { resolveVariables, theme } from './theme.ts'

const nonce = document.querySelector('script')?.nonce ?? ''

// All that the page remembers.
const themeMemory = localStorageColorSchemeManager({ key: 'letterpress-theme' })

startStore()
createRoot(document.getElementById('root') ?? document.body).render(
  <MantineProvider
    theme={theme}
    cssVariablesResolver={resolveVariables}
    defaultColorScheme="auto"
    colorSchemeManager={themeMemory}
    getStyleNonce={() => nonce}
  >
    <App />
  </MantineProvider>,
)
