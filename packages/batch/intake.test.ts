import { execFileSync } from 'node:child_process'
import {
  createWriteStream,
  linkSync,
  mkdirSync,
  readFileSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { findLesson } from '@socket-dojo/dojo/lessons'
import { pack } from 'tar-stream'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { ZipFile } from 'yazl'
import { takeIn } from './intake.ts'
import { readRoster } from './intake/roster.ts'
import { layOut, type Taken } from './intake/take.ts'
import { suiteOf } from './suite.ts'

const suite = await suiteOf(findLesson('2'))
const lesson = suite.place.name
let folder: string

beforeEach(() => {
  folder = temporary()
})

describe('takes', () => {
  test('a folder, wherever the lesson lies in it', async () => {
    put('ada/exercises/lesson-2-tcp-server/echo.ts', 'one')
    put('ada/solutions/lesson-2-tcp-server/echo.ts', 'copied')
    put('bob/lesson-2/echo.ts', 'two')
    put('cy/echo.ts', 'three')
    expect(await contents()).toEqual({ ada: ['one'], bob: ['two'], cy: ['three'] })
  })

  test('a .zip', async () => {
    await zip('ada.zip', { [`${lesson}/echo.ts`]: 'one', 'other/notes.txt': 'x' })
    expect(await contents()).toEqual({ ada: ['one'] })
  })

  test('a .tar.gz, of two files of one name the later', async () => {
    await tar('ada.tgz', [
      { name: `${lesson}/echo.ts`, data: 'one' },
      { name: `${lesson}/echo.ts`, data: 'two' },
    ])
    expect(await contents()).toEqual({ ada: ['two'] })
  })

  test.each(['ada', 'ada.git'])('the commit of a git repository: %s', async (name) => {
    repository(name)
    expect(await contents()).toEqual({ ada: ['committed'] })
  })

  test('nothing that the lesson does not ask for', async () => {
    for (const name of ['echo.ts', 'package.json', 'tsconfig.json', '.npmrc', 'vitest.config.ts'])
      put(`ada/${lesson}/${name}`, 'x')
    put(`ada/${lesson}/node_modules/echo.ts`, 'x')
    put(`ada/${lesson}/ECHO.ts`, 'y')
    const { submitted } = await all()
    expect(submitted[0]!.submission.files).toEqual(['echo.ts'])
  })

  test('the newest of several of one learner, and says so of the others', async () => {
    const roster = join(temporary(), 'roster.csv')
    writeFileSync(roster, 'id,name,email,github\n7,Ada Lovelace,ada@example.org,countess\n')
    await zip('ada@example.org.zip', { [`${lesson}/echo.ts`]: 'old' })
    utimesSync(join(folder, 'ada@example.org.zip'), 1, 1)
    put(`Countess/${lesson}/echo.ts`, 'new')
    const kept: string[] = []
    const { submitted, refused } = await takeIn(
      folder,
      [suite],
      readRoster(roster),
      () => true,
      (taken) => kept.push(text(taken)),
    )
    expect(submitted.map(({ learner, submission }) => [learner.id, submission.source])).toEqual([
      ['7', 'Countess'],
    ])
    expect(refused).toMatchObject([
      { source: 'ada@example.org.zip', why: { en: expect.stringContaining('replaced') } },
    ])
    expect(kept.at(-1)).toBe('new')
  })
})

describe('does not take', () => {
  test('links, FIFOs, and hard links to what is not theirs', async () => {
    const secret = join(temporary(), 'secret')
    writeFileSync(secret, 'of the host')
    mkdirSync(join(folder, 'ada', lesson), { recursive: true })
    symlinkSync(secret, join(folder, 'ada', lesson, 'echo.ts'))
    linkSync(secret, join(folder, 'ada', lesson, 'exchange.ts'))
    execFileSync('mkfifo', [join(folder, 'ada', lesson, 'hello-server.ts')])
    put(`ada/${lesson}/hello-client.ts`, 'fine')
    const { submitted } = await all()
    expect(submitted[0]!.submission).toMatchObject({
      files: ['hello-client.ts'],
      notes: expect.arrayContaining([
        expect.objectContaining({ en: 'echo.ts was not taken: a link' }),
        expect.objectContaining({ en: 'hello-server.ts was not taken: not a regular file' }),
        expect.objectContaining({
          en: 'exchange.ts was not taken: a file with a second name (hard link): copy it',
        }),
      ]),
    })
  })

  test('a whole submission that is a link, or a folder in it that is one', async () => {
    const other = temporary()
    writeFileSync(join(other, 'echo.ts'), 'of another')
    symlinkSync(other, join(folder, 'ada'))
    mkdirSync(join(folder, 'bob'))
    symlinkSync(other, join(folder, 'bob', lesson))
    expect(await reasons()).toEqual({
      ada: 'it is neither a folder, nor a .zip, a .tar.gz or a git repository',
      bob: expect.stringContaining('it holds nothing for'),
    })
  })

  test.each(['../../../../evil.ts', '/tmp/dojo/evil.ts', 'C:\\tmp\\dojo\\evil1.ts'])(
    'what a .zip would put elsewhere: %s',
    async (name) => {
      const harmless = 'x'.repeat(name.length)
      await zip('ada.zip', { [harmless]: 'evil', [`${lesson}/echo.ts`]: 'fine' })
      rename('ada.zip', harmless, name)
      expect(await contents()).toEqual({ ada: ['fine'] })
    },
  )

  test('links and devices of a .tar.gz', async () => {
    await tar('ada.tar.gz', [
      { name: `${lesson}/echo.ts`, type: 'symlink', linkname: '/etc/hostname' },
      { name: `${lesson}/exchange.ts`, type: 'link', linkname: '/etc/hostname' },
      { name: `${lesson}/hello-server.ts`, type: 'fifo' },
      { name: `${lesson}/hello-client.ts`, type: 'character-device' },
      { name: `../../${lesson}/echo.ts`, data: 'evil' },
      { name: `/${lesson}/echo.ts`, data: 'evil' },
    ])
    const { submitted } = await all()
    expect(submitted[0]!.submission.files).toEqual([])
    expect(submitted[0]!.submission.notes).toHaveLength(4)
  })

  test('links of a .zip', async () => {
    await zip('ada.zip', { [`${lesson}/echo.ts`]: '/etc/hostname' }, 0o120777)
    expect((await all()).submitted[0]!.submission.notes[0]!.en).toContain('a link')
  })

  test('bombs', async () => {
    const zeros = Buffer.alloc(64 * 1024 * 1024)
    await zip('ada.zip', { [`${lesson}/echo.ts`]: zeros })
    await tar('bob.tar.gz', [{ name: `${lesson}/echo.ts`, data: zeros }])
    const { submitted, refused } = await all()
    expect(submitted[0]!.submission.notes[0]!.en).toBe('echo.ts was not taken: larger than 256 KiB')
    expect(refused).toMatchObject([
      { source: 'bob.tar.gz', why: { en: 'it unpacks to far more than a submission has' } },
    ])
  })

  test('a .zip that lies about a size', async () => {
    await zip('ada.zip', { [`${lesson}/echo.ts`]: Buffer.alloc(100_000) })
    const path = join(folder, 'ada.zip')
    const bytes = readFileSync(path)
    const index = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 1, 2])) // central directory, APPNOTE 4.3.12
    bytes.writeUInt32LE(10, index + 24)
    writeFileSync(path, bytes)
    expect(await reasons()).toEqual({
      'ada.zip': expect.stringContaining('cannot be read as a .zip'),
    })
  })

  test('tens of thousands of files', async () => {
    await tar(
      'ada.tar.gz',
      Array.from({ length: 20_100 }, (_, index) => ({ name: `${lesson}/${index}.ts`, data: '' })),
    )
    expect(await reasons()).toEqual({
      'ada.tar.gz': expect.stringContaining('more than 20000 entries'),
    })
  })

  test('names that are not UTF-8', async () => {
    await zip('ada.zip', { 'xxxx.ts': 'x', [`${lesson}/echo.ts`]: 'fine' })
    rename('ada.zip', 'xxxx.ts', Buffer.from([0xff, 0xfe, 0xfd, 0xfc, 0x2e, 0x74, 0x73]))
    expect(await contents()).toEqual({ ada: ['fine'] })
  })

  test('what is no archive, whatever its name says', async () => {
    for (const name of ['ada.zip', 'bob.tar.gz', 'cy.txt']) put(name, 'nonsense')
    mkdirSync(join(folder, 'dot.git'))
    expect(Object.keys(await reasons())).toEqual(['ada.zip', 'bob.tar.gz', 'cy.txt', 'dot.git'])
  })

  test('what a git repository has elsewhere, nor runs what it is configured to', async () => {
    repository('bob.git')
    repository('ada.git')
    const trap = join(temporary(), 'trap')
    writeFileSync(join(folder, 'ada.git/objects/info/alternates'), join(folder, 'bob.git/objects'))
    writeFileSync(
      join(folder, 'ada.git/config'),
      `[core]\n\tbare = true\n\tfsmonitor = "touch ${trap}"\n\tpager = "touch ${trap}"\n\tsshCommand = "touch ${trap}"\n`,
    )
    rmSync(join(folder, 'ada.git/objects'), { recursive: true })
    mkdirSync(join(folder, 'ada.git/objects/info'), { recursive: true })
    writeFileSync(join(folder, 'ada.git/objects/info/alternates'), join(folder, 'bob.git/objects'))
    expect(Object.keys(await reasons())).toEqual(['ada.git'])
    expect(() => readFileSync(trap)).toThrow('ENOENT')
  })
})

test('what is laid out is written over nothing, and through no link', () => {
  const where = layOut({ 'echo.ts': Buffer.from('x') }, lesson)
  onTestFinished(() => rmSync(dirname(where), { recursive: true }))
  expect(readFileSync(join(where, 'echo.ts'), 'utf8')).toBe('x')
})

async function all() {
  return takeIn(
    folder,
    [suite],
    undefined,
    () => true,
    () => {},
  )
}

async function contents(): Promise<Record<string, string[]>> {
  const kept: string[] = []
  const { submitted } = await takeIn(
    folder,
    [suite],
    undefined,
    () => true,
    (taken) => kept.push(text(taken)),
  )
  return Object.fromEntries(submitted.map(({ learner }, index) => [learner.id, [kept[index]!]]))
}

const text = ({ files }: Taken) => Object.values(files).map(String).join()

async function reasons(): Promise<Record<string, string>> {
  const { refused } = await all()
  return Object.fromEntries(refused.map(({ source, why }) => [source, why.en]))
}

function temporary(): string {
  const path = mkdtempSync(join(tmpdir(), 'dojo-intake-'))
  onTestFinished(() => rmSync(path, { recursive: true, force: true }))
  return path
}

function put(path: string, data: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), data)
}

async function zip(
  name: string,
  files: Record<string, string | Buffer>,
  mode = 0o100644,
): Promise<void> {
  const archive = new ZipFile()
  for (const [path, data] of Object.entries(files))
    archive.addBuffer(Buffer.from(data), path, { mode })
  archive.end()
  await pipeline(archive.outputStream, createWriteStream(join(folder, name)))
}

/** Writes another name of the same length over one in an archive: names that no tool would write. */
function rename(archive: string, from: string, to: string | Buffer): void {
  const path = join(folder, archive)
  const bytes = readFileSync(path)
  for (let at = bytes.indexOf(from); at >= 0; at = bytes.indexOf(from))
    Buffer.from(to).copy(bytes, at)
  writeFileSync(path, bytes)
}

interface TarEntry {
  name: string
  data?: string | Buffer
  type?: 'symlink' | 'link' | 'fifo' | 'character-device'
  linkname?: string
}

async function tar(name: string, entries: TarEntry[]): Promise<void> {
  const archive = pack()
  // Not compressed, where it is many small files: else it is a bomb already.
  const level = entries.length > 100 ? 0 : 6
  const written = pipeline(archive, createGzip({ level }), createWriteStream(join(folder, name)))
  for (const { data = '', ...header } of entries) archive.entry(header, Buffer.from(data))
  archive.finalize()
  await written
}

/** A repository with one commit, and, where it has a work tree, something later in that. */
function repository(name: string): void {
  const [tree, git] = [
    temporary(),
    (...args: string[]) => execFileSync('git', ['-C', tree, ...args]),
  ]
  git('init', '-q')
  mkdirSync(join(tree, lesson))
  writeFileSync(join(tree, lesson, 'echo.ts'), 'committed')
  git('add', '.')
  git('-c', 'user.name=Ada', '-c', 'user.email=ada@example.org', 'commit', '-q', '-m', 'lesson 2')
  const bare = name.endsWith('.git') ? ['--bare'] : []
  execFileSync('git', ['clone', '-q', ...bare, tree, join(folder, name)])
  if (!name.endsWith('.git')) put(`${name}/${lesson}/echo.ts`, 'not committed')
}
