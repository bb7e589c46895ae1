export { createStudio, type StudioOptions } from './studio.ts'
