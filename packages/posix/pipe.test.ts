import { spawnSync } from 'node:child_process'
import { closeSync, fstatSync, readdirSync, readFileSync, writeSync } from 'node:fs'
import { expect, onTestFinished, test } from 'vitest'
import { pipe, SystemError } from './index.ts'

test('carries bytes from the second descriptor to the first, to the end of the stream', () => {
  const [readFd, writeFd] = pipe()
  writeSync(writeFd, 'hello, ')
  writeSync(writeFd, 'pipe')
  closeSync(writeFd)
  expect(readFileSync(readFd, 'utf8')).toBe('hello, pipe')
  closeSync(readFd)
})

test('is a pipe, and no socket pair', () => {
  for (const fd of open()) expect(fstatSync(fd).isFIFO()).toBe(true)
})

test('is closed in every program that is started', () => {
  const [readFd, writeFd] = open()
  const script = `for fd in ${readFd} ${writeFd}; do (: <&$fd) 2>/dev/null && echo $fd; done; true`
  expect(spawnSync('sh', ['-c', script], { encoding: 'utf8' })).toMatchObject({
    status: 0,
    stdout: '',
  })
})

test('fails with the name, the number and the call of the system', () => {
  const script = `
    import { pipe } from ${JSON.stringify(import.meta.resolve('./index.ts'))}
    try { for (;;) pipe() } catch ({ name, code, errno, syscall, message }) {
      console.log(JSON.stringify({ name, code, errno, syscall, message }))
    }`
  const limited = ['-c', 'ulimit -n 64; exec "$0" "$@"', process.execPath, '--input-type=module']
  const { stdout } = spawnSync('sh', [...limited, '-e', script], { encoding: 'utf8' })
  expect(JSON.parse(stdout)).toEqual({
    name: 'SystemError',
    code: 'EMFILE',
    errno: -24,
    syscall: process.platform === 'linux' ? 'pipe2' : 'pipe',
    message: expect.stringMatching(/^EMFILE: too many open files, pipe/),
  })
})

test.runIf(process.platform === 'linux')('takes two descriptors and leaves none', () => {
  const before = readdirSync('/proc/self/fd').length
  for (const fd of pipe()) closeSync(fd)
  expect(readdirSync('/proc/self/fd').length).toBe(before)
})

test('names an error that nobody knows by its number', () => {
  expect(new SystemError('pipe', 9999)).toMatchObject({ code: 'errno 9999', errno: -9999 })
})

/** A pipe that is closed when the test is over. */
function open(): [number, number] {
  const fds = pipe()
  onTestFinished(() => fds.forEach((fd) => closeSync(fd)))
  return fds
}
