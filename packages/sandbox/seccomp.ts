/**
 * A filter of system calls, as seccomp(2) takes it and bwrap(1) loads it (`--seccomp`): a program for the BPF machine
 * of the kernel (struct sock_filter, `linux/filter.h`). What no program of a lesson needs, and what opens most of the
 * kernel to whoever calls it, fails with EPERM: namespaces and mounts of one's own, the keys of other users' sessions,
 * other processes' memory, io_uring, and the administrator's calls. Of sockets there are those of the lessons.
 *
 * On a processor whose numbers are not known here it lets everything pass: it is one wall of several.
 */
export const seccompFilter = (): Buffer => (filter ??= makeFilter())
let filter: Buffer | undefined

function makeFilter(): Buffer {
  const machine = machines[process.arch]
  if (!machine) return allow
  const { audit, column } = machine
  const number = (row: Numbers) => row[column]
  return Buffer.concat([
    // The same number means something else on another architecture, and on x32, whose numbers begin at 2^30.
    ...[load(4), ...unless(equal, audit, [fail(EPERM)])],
    ...[load(0), ...when(atLeast, x32, [fail(EPERM)])],
    ...Object.values(forbidden).flatMap((row) =>
      number(row) === undefined ? [] : when(equal, number(row)!, [fail(EPERM)]),
    ),
    // Its flags are in memory, where a filter cannot look. Whoever has no clone3() calls clone() instead, as libc does.
    ...when(equal, clone3, [fail(ENOSYS)]),
    ...when(equal, number(clone)!, [
      ...[load(firstArgument), ...when(anyBit, CLONE_NEWUSER, [fail(EPERM)]), allow],
    ]),
    ...when(equal, number(socket)!, [
      ...[load(firstArgument), ...families.flatMap((family) => when(equal, family, [allow]))],
      fail(EAFNOSUPPORT),
    ]),
    allow,
  ])
}

/** On x86-64 and on arm64; absent where there is no such call. `asm/unistd_64.h`, `asm-generic/unistd.h`. */
type Numbers = [x64: number | undefined, arm64: number | undefined]

/** What seccomp_data.arch says of each, `linux/audit.h`. */
const machines: Partial<Record<NodeJS.Architecture, { audit: number; column: 0 | 1 }>> = {
  x64: { audit: 0xc000003e, column: 0 },
  arm64: { audit: 0xc00000b7, column: 1 },
}

const forbidden = {
  // Namespaces and mounts
  unshare: [272, 97],
  setns: [308, 268],
  mount: [165, 40],
  umount2: [166, 39],
  pivot_root: [155, 41],
  chroot: [161, 51],
  open_tree: [428, 428],
  move_mount: [429, 429],
  fsopen: [430, 430],
  fsconfig: [431, 431],
  fsmount: [432, 432],
  fspick: [433, 433],
  mount_setattr: [442, 442],
  open_by_handle_at: [304, 265],
  fanotify_init: [300, 262],
  // Keys
  add_key: [248, 217],
  request_key: [249, 218],
  keyctl: [250, 219],
  // Other processes
  ptrace: [101, 117],
  process_vm_readv: [310, 270],
  process_vm_writev: [311, 271],
  kcmp: [312, 272],
  pidfd_getfd: [438, 438],
  // Parts of the kernel where most of its holes were found
  bpf: [321, 280],
  perf_event_open: [298, 241],
  userfaultfd: [323, 282],
  io_uring_setup: [425, 425],
  io_uring_enter: [426, 426],
  io_uring_register: [427, 427],
  personality: [135, 92],
  // Where memory lies
  mbind: [237, 235],
  get_mempolicy: [239, 236],
  set_mempolicy: [238, 237],
  migrate_pages: [256, 238],
  move_pages: [279, 239],
  // The machine
  init_module: [175, 105],
  finit_module: [313, 273],
  delete_module: [176, 106],
  kexec_load: [246, 104],
  kexec_file_load: [320, 294],
  reboot: [169, 142],
  swapon: [167, 224],
  swapoff: [168, 225],
  settimeofday: [164, 170],
  clock_settime: [227, 112],
  syslog: [103, 116],
  acct: [163, 89],
  quotactl: [179, 60],
  ioperm: [173, undefined],
  iopl: [172, undefined],
  uselib: [134, undefined],
} satisfies Record<string, Numbers>

const clone: Numbers = [56, 220]
const clone3 = 435
const socket: Numbers = [41, 198]
const x32 = 0x40000000
const CLONE_NEWUSER = 0x10000000

/** AF_UNIX, AF_INET, AF_INET6, AF_NETLINK (libc asks it for the interfaces). */
const families = [1, 2, 10, 16]

const EPERM = 1
const ENOSYS = 38
const EAFNOSUPPORT = 97

/** Tests of a jump: BPF_JMP | BPF_K with BPF_JEQ, BPF_JGE, BPF_JSET. */
const equal = 0x15
const atLeast = 0x35
const anyBit = 0x45

/** Offset of the first argument in struct seccomp_data: its lower half, on these two little-endian machines. */
const firstArgument = 16

/** Instructions that are passed over unless the test holds. */
const when = (test: number, value: number, then: Buffer[]): Buffer[] => [
  instruction(test, value, 0, then.length),
  ...then,
]

/** Instructions that are passed over where the test holds. */
const unless = (test: number, value: number, then: Buffer[]): Buffer[] => [
  instruction(test, value, then.length, 0),
  ...then,
]

/** BPF_LD | BPF_W | BPF_ABS */
const load = (offset: number): Buffer => instruction(0x20, offset)

/** BPF_RET with SECCOMP_RET_ERRNO, SECCOMP_RET_ALLOW. */
const fail = (errno: number): Buffer => instruction(0x06, 0x00050000 + errno)
const allow = instruction(0x06, 0x7fff0000)

/** struct sock_filter: 16 bits of code, two jumps of 8 bits, and 32 bits of operand. */
function instruction(code: number, operand: number, ifTrue = 0, ifFalse = 0): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeUInt16LE(code, 0)
  bytes.writeUInt8(ifTrue, 2)
  bytes.writeUInt8(ifFalse, 3)
  bytes.writeUInt32LE(operand, 4)
  return bytes
}
