import { spawnSync } from 'node:child_process'
import { existsSync, lstatSync } from 'node:fs'
import { join } from 'node:path'
import { asRoot, find, isInstalled } from '@socket-dojo/sandbox'
import type { Text } from '@socket-dojo/testkit/text'
import { type Archive, type Entry, IntakeError, limits, tooLarge, tooMany } from './archive.ts'

/** The folder with the repository itself: `ada/.git`, or `ada.git` where it is bare; undefined where it is none. */
export function repositoryOf(folder: string): string | undefined {
  const isRepository = (path: string) =>
    ['HEAD', 'objects', 'refs'].every((name) => existsSync(join(path, name))) &&
    lstatSync(path).isDirectory()
  return [join(folder, '.git'), folder].find(isRepository)
}

/**
 * A submission that is a git repository: the commit that HEAD names counts, not the work tree. Its time is the
 * committer's, which whoever made the commit has chosen.
 */
export function openGit(repository: string): Archive {
  const list = git(repository, ['ls-tree', '-r', '-l', '-z', 'HEAD']).toString()
  const hashes = new Map<Entry, string>()
  for (const line of list.split('\0')) {
    // "100644 blob <hash> <size>\t<path>" gitformat: git-ls-tree(1)
    const [, mode, hash, size, path] = /^(\d+) \w+ ([0-9a-f]+) +(\d+|-)\t(.*)$/s.exec(line) ?? []
    if (!hash || path!.includes('\uFFFD')) continue
    const kind = mode === '120000' ? 'link' : mode!.startsWith('100') ? 'file' : 'other'
    hashes.set({ path: path!, kind, size: Number(size) || 0 }, hash)
    if (hashes.size > limits.entries) throw tooMany()
  }
  const seconds = Number(git(repository, ['log', '-1', '--format=%ct', 'HEAD']))
  return {
    entries: [...hashes.keys()],
    time: new Date(seconds * 1000),
    read: async (wanted) => {
      const content = (entry: Entry): Buffer | Text =>
        entry.size > limits.fileBytes
          ? tooLarge
          : git(repository, ['cat-file', 'blob', hashes.get(entry)!])
      return new Map(wanted.map((entry) => [entry, content(entry)]))
    },
  }
}

/**
 * Runs git on a repository that a stranger made: its configuration can name commands, and its `alternates` and links
 * can lead to other repositories. So git sees nothing but that repository, and has neither network nor environment.
 */
function git(repository: string, args: string[]): Buffer {
  const command = ['git', '-c', 'safe.directory=*', '-c', 'log.showSignature=false', ...args]
  const [file, ...rest] = isInstalled('bwrap')
    ? [find('bwrap'), ...shutIn(repository), ...command]
    : command
  const { stdout, stderr, status, error } = spawnSync(file!, rest, {
    env: { PATH: process.env.PATH, GIT_DIR: isInstalled('bwrap') ? '/repository' : repository },
    maxBuffer: 32 * 1024 * 1024,
    timeout: 20_000,
    input: '',
  })
  if (status === 0) return stdout
  const said = error?.message ?? String(stderr).trim().split('\n')[0]
  throw new IntakeError({
    en: `git cannot read it: ${said}`,
    ja: `git で読めません: ${said}`,
  })
}

function shutIn(repository: string): string[] {
  const system = ['/usr', '/bin', '/lib', '/lib64'].filter((path) => existsSync(path))
  return [
    ...(asRoot ? ['--cap-drop', 'ALL', '--cap-add', 'CAP_DAC_READ_SEARCH'] : ['--unshare-user']),
    ...['--unshare-net', '--unshare-pid', '--unshare-ipc', '--unshare-uts', '--new-session'],
    ...['--die-with-parent', '--dev', '/dev', '--proc', '/proc', '--tmpfs', '/tmp'],
    ...system.flatMap((path) => ['--ro-bind', path, path]),
    ...['--ro-bind', repository, '/repository', '--chdir', '/tmp', '--'],
  ]
}
