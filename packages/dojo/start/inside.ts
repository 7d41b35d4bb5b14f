/**
 * Loaded into a program that `start` runs, before the program itself. It says what the learner cannot see: how to talk
 * to the program, who has its port, how it ended. It only looks on, by the channels that Node has for that.
 */
import { subscribe } from 'node:diagnostics_channel'
import type { Socket } from 'node:dgram'
import { errorMonitor } from 'node:events'
import { rmSync, writeFileSync } from 'node:fs'
import type { Server } from 'node:net'
import { basename, dirname } from 'node:path'
import { problemOf } from '@socket-dojo/testkit/submission'
import { type Language, type Text } from '@socket-dojo/testkit/text'
import { ended, portTaken, talk } from './words.ts'

const query = new URL(import.meta.url).searchParams
const language = query.get('language') as Language
const statusPath = query.get('status')!
const path = process.argv[1]!
const interactive = process.stdout.isTTY

subscribe('tracing:net.server.listen:asyncEnd', (message) => {
  const { server } = message as { server: Server }
  setImmediate(() => tell(talk('tcp', server.address()))) // After what the program itself has to say of it.
})
subscribe('udp.socket', (message) => {
  const { socket } = message as { socket: Socket }
  socket.once(errorMonitor, mourn) // Its errors stay the program's to handle.
  socket.once('listening', () => {
    const address = socket.address() // Now: it may be closed in a moment.
    // A client that sends is bound to every address by itself, and waits for nobody.
    if (!['0.0.0.0', '::'].includes(address.address)) setImmediate(() => tell(talk('udp', address)))
  })
})
subscribe('tracing:net.server.listen:error', (message) => {
  mourn((message as { error: Error }).error)
})

rmSync(statusPath, { force: true }) // Of the run before.
process.on('exit', (status) => {
  if (byWatcher.has(status)) return
  writeFileSync(statusPath, String(status))
  if (interactive) tell(ended(basename(path), status))
  else process.kill(process.ppid, 'SIGTERM') // Nobody is there to save: the watcher has nothing to wait for.
})

/** What tsx makes of the SIGINT and SIGTERM that it ends a program with. */
const byWatcher = new Set([130, 143])

const problem = problemOf(dirname(path), basename(path))
if (problem) {
  tell(problem.what)
  process.exit(1)
}

function mourn(error: NodeJS.ErrnoException & { port?: number }): void {
  if (error.code === 'EADDRINUSE') tell(portTaken(error.port))
}

function tell(text: Text | undefined): void {
  if (text) console.error(text[language])
}
