import { type FSWatcher, statSync, watch } from 'node:fs'
import { join } from 'node:path'

export interface FilesOptions {
  /** Look at the files often instead of waiting to be told: for file systems that tell nothing. */
  poll: boolean
  onSave: () => void
  /** A save was found that the file system did not tell of: from here on it is looked for often. */
  onSilence: () => void
}

/**
 * Tells when one of some files in a folder is written, removed, or put in place of another. The folder need not be
 * there, and may go and come back.
 *
 * inotify(7) and its like tell at once, but not everywhere: Windows folders in WSL and network file systems are silent.
 * So the files are also looked at once a second, which finds out.
 */
export class Files {
  readonly #folder: string
  readonly #names: string[]
  readonly #options: FilesOptions
  #watcher: FSWatcher | undefined
  /** The folder that is listened to: another of the same name is not. */
  #watched: number | undefined
  #polling: boolean
  #looks: NodeJS.Timeout
  #seen: string
  /** A look has found what no event told of yet. */
  #untold = false

  constructor(folder: string, names: string[], options: FilesOptions) {
    this.#folder = folder
    this.#names = names
    this.#options = options
    this.#seen = this.#now()
    this.#polling = options.poll
    if (!this.#polling) this.#listen()
    this.#looks = setInterval(() => this.#look(), this.#polling ? often : seldom)
  }

  close(): void {
    clearInterval(this.#looks)
    this.#watcher?.close()
  }

  /** Editors that write a new file and rename it leave a watched file behind; a watched folder sees both. */
  #listen(): void {
    this.#watcher?.close()
    this.#watcher = undefined
    this.#watched = inode(this.#folder)
    try {
      this.#watcher = watch(this.#folder, (_, name) => this.#told(name))
      this.#watcher.on('error', () => {}) // The next look finds the folder gone.
    } catch {
      this.#watched = undefined
    }
  }

  #told(name: string | null): void {
    if (name !== null && !this.#names.includes(name)) return
    this.#untold = false
    this.#seen = this.#now()
    this.#options.onSave()
  }

  #look(): void {
    if (this.#untold) this.#poll()
    const now = this.#now()
    const changed = now !== this.#seen
    this.#seen = now
    if (changed) this.#options.onSave()
    if (this.#polling) return
    if (inode(this.#folder) !== this.#watched) this.#listen()
    else this.#untold = changed && this.#watched !== undefined
  }

  /** A second has passed since a look found a save, and no event has come for it. */
  #poll(): void {
    this.close()
    this.#untold = false
    this.#polling = true
    this.#looks = setInterval(() => this.#look(), often)
    this.#options.onSilence()
  }

  /** What differs after any save: when, how long, and which file it is. */
  #now(): string {
    return this.#names.map((name) => stamp(join(this.#folder, name))).join()
  }
}

/** Between two looks, in milliseconds. */
const often = 150
const seldom = 1_000

function stamp(path: string): string {
  const found = statSync(path, { throwIfNoEntry: false })
  return found ? `${found.mtimeMs} ${found.size} ${found.ino}` : ''
}

const inode = (folder: string) => statSync(folder, { throwIfNoEntry: false })?.ino
