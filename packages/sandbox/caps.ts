/** What one program may use. A program that meets a cap is ended, and its exit names the cap. */
export interface Caps {
  /** Time from its start, in milliseconds; on a busy machine it is longer (`fairTime`). */
  time: number
  /** Memory of its own, in bytes. */
  memory: number
  /** Bytes printed, stdout and stderr together. */
  output: number
  /** Threads of all its processes at one time. A Node process alone has about 11. */
  processes: number
  /** Size of each file it writes, in bytes; also of its `/tmp` as a whole. */
  files: number
}

export type Cap = keyof Caps

const MiB = 1024 * 1024

export const caps: Caps = {
  time: 20_000,
  memory: 448 * MiB,
  output: 1 * MiB,
  processes: 48,
  files: 16 * MiB,
}

/**
 * Node 26 maps about 560 MiB of private writable memory before the first line of a program runs (512 MiB of it for
 * generated code, hardly any of it used), and as much again for each worker thread. RLIMIT_DATA counts that, so it is
 * set for a program with two of them; what such a one really uses, the watchdog counts.
 */
export const nodeReserves = 3 * 576 * MiB

/** The heap gets its own, lower limit, so that V8 says "heap out of memory" at once instead of collecting for seconds. */
export const heapMegabytes = 256
