#!/usr/bin/env node
// The one file that is not TypeScript: Node would load its type stripper for it, in every run. The others are
// stripped once and then come from the compile cache.
import { enableCompileCache } from 'node:module'
import { join } from 'node:path'

enableCompileCache(join(import.meta.dirname, '../../node_modules/.cache/node'))
await import('./main.ts')
