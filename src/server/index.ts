export { serverErrors } from './errors.ts'
export { type PublicServer, type ServeOptions, startServer } from './server.ts'
export type { PublicServices, SentImage, SentIssue, SentPage } from './services.ts'
