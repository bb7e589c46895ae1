export { subscriberErrors } from './errors.ts'
export { loadFixtureReaders } from './fixture-readers.ts'
export type { Reader } from './reader.ts'
export { signToken, type TokenKey, type TokenPurpose, verifyToken } from './token.ts'
