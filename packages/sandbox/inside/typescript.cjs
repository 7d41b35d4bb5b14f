// Preloaded into each graded program. The grader has already stripped the types, so a `.ts` file is JavaScript
// here: Node's own stripping would cost every start 30 ms more.
const { closeSync, readFileSync, writeSync } = require('node:fs')
const { registerHooks } = require('node:module')

registerHooks({
  load(url, context, nextLoad) {
    if (!url.endsWith('.ts')) return nextLoad(url, context)
    return { format: 'module', source: readFileSync(new URL(url)), shortCircuit: true }
  },
})

// Tells that Node has begun: from here on the time is the program's own, however slowly the machine starts one.
try {
  writeSync(4, '.')
  closeSync(4)
} catch {
  // Nobody wants to know.
}
