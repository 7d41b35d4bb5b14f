/** Which number does open(2) give out? */
import { closeSync, openSync } from 'node:fs'

const first = openSync('/dev/null', 'r')
const second = openSync('/dev/null', 'r')
closeSync(first)
const third = openSync('/dev/null', 'r')
console.log({ first, second, third, reused: third === first })
