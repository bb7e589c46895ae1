/** The public API of Letterpress. */
export { type App, type AppOptions, openApp } from './app.ts'
export type { Diagnostic, Position, Range } from './base/index.ts'
export type { Finding } from './check/index.ts'
export type { Inspection } from './inspect.ts'
export type { Message } from './message/index.ts'
export type { Rendered } from './render/index.ts'
export * from './define.ts'
