/** Do the numbers of descriptors only grow? Three times a file, and a socket. */
import { closeSync, openSync } from 'node:fs'
import { AF_INET, close, SOCK_STREAM, socket } from '@socket-dojo/posix'
import { show } from './lib/show.ts'

// 0, 1 and 2 are taken, and so are some more, by Node itself: the numbers get names here.
const first = openSync('/dev/null', 'r')
const second = openSync('/dev/null', 'r')
console.log(`open() → A`)
console.log(`open() → B, higher than A: ${second > first}`)
close(first)
console.log('close(A)')
show('close(A), once more', () => close(first))
const third = openSync('/dev/null', 'r')
console.log(`open() → ${name(third)}`)
closeSync(third)
console.log('close(A)')
console.log(`socket() → ${name(socket(AF_INET, SOCK_STREAM))}`)

function name(fd: number): string {
  return fd === first ? 'A' : fd === second ? 'B' : 'another number'
}
