#!/usr/bin/env node
// Starts on any Node >= 18, so this file and hand-over.js use no syntax newer than ES2022 and import only node: modules.
import { NEEDED, handOver } from './hand-over.js'

if (Number(process.versions.node.split('.')[0]) >= NEEDED) await import('./start.js')
else handOver(process.argv.slice(1))
