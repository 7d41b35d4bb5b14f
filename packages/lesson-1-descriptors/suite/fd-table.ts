import {
  check,
  type Descriptor,
  descriptors,
  type Explain,
  GraderFault,
  type Kit,
  type Module,
  same,
  type Text,
} from '@socket-dojo/testkit'
import { needsProc } from './needs-proc.ts'
import { kill } from './run.ts'
import { show } from './show.ts'

const file = 'fd-table.ts'

check(
  'table-numbers',
  {
    title: {
      en: 'fdTable() lists every descriptor, in order, across the holes',
      ja: 'fdTable() は番号が飛んでいても、すべてを順に並べる',
    },
    points: 2,
    why: {
      en: 'the system gives out the lowest free number, and any can be closed again: a table has holes, and its size tells nothing of its last number',
      ja: 'システムは空いている最小の番号を割り当て、どの番号もあとで閉じられることがあります。そのため表には欠番ができ、個数から最後の番号はわかりません',
    },
    next: {
      en: 'look at where your program gets the numbers from',
      ja: '番号をどこから得ているかを見てください',
    },
    try: ["sh -c 'exec 3</etc/passwd 7</etc/passwd; ls -l /proc/$$/fd'"],
  },
  async (kit) => {
    const { expected, table } = await lookAtChild(kit, 'exec 3<a 4<b 7<c 9<a')
    expectNumbers(kit, [...expected.keys()], table)
    const nothing = await lookAtChild(kit, 'exec 0<&- 1>&- 2>&-', noneOpen)
    expectNumbers(kit, [...nothing.expected.keys()], nothing.table)
  },
)

check(
  'table-own',
  {
    title: {
      en: 'fdTable() of its own process copes with descriptors that come and go',
      ja: 'fdTable() は自分自身のプロセスでも、消えるものに惑わされない',
    },
    points: 1,
    restsOn: 'table-numbers',
    why: {
      en: 'reading the folder /proc/<pid>/fd takes a descriptor itself: it is in the list, and is closed by the time you look at it',
      ja: '/proc/<pid>/fd を読むこと自体がディスクリプタを 1 つ使います。それも一覧に載り、調べるときにはもう閉じています',
    },
    next: {
      en: 'look at what your program does where a link of the list is no longer there, and at how numbers above 9 are sorted',
      ja: '一覧にあったリンクがもうない場合の動きと、10 以上の番号の並べ方を見てください',
    },
    try: ['ls /proc/self/fd   # one of these is ls reading /proc/self/fd'],
  },
  async (kit) => {
    needsProc(kit)
    const module = await kit.shared.module(file)
    const { expected, table } = await lookAtItself(kit, module)
    const numbers = table.map(({ fd }) => fd)
    const missing = [...expected.keys()].find((fd) => !numbers.includes(fd))
    if (missing !== undefined)
      kit.fail({
        en: 'fdTable() of its own process left out descriptors that are open all the time',
        ja: '自分自身のプロセスの fdTable() に、ずっと開いているディスクリプタがありません',
      })
    if (numbers.some((fd, index) => index > 0 && numbers[index - 1]! >= fd))
      kit.fail(
        {
          en: 'fdTable() of its own process is not in the order of the numbers: one of two digits stands before a smaller one',
          ja: '自分自身のプロセスの fdTable() が番号順ではありません。2 桁の番号が、それより小さい番号の前にあります',
        },
        {
          why: {
            en: 'compared as text, "10" comes before "9": names in a folder are text until they are made numbers',
            ja: '文字列として比べると "10" は "9" より前になります。フォルダーの中の名前は、数に直すまで文字列です',
          },
          next: {
            en: 'look at what sort() compares',
            ja: 'sort() が何を比べているかを見てください',
          },
        },
      )
    if (!table.every((entry) => expected.has(entry.fd) || isOpen(entry)))
      kit.fail(
        {
          en: 'fdTable() of its own process lists a descriptor without a target or an inode: one that had been closed while it looked',
          ja: '自分自身のプロセスの fdTable() に、リンク先か inode のない要素があります。調べている間に閉じられたものです',
        },
        comesAndGoes.threw,
      )
    await lookAtComingAndGoing(kit, module)
  },
)

check(
  'table-kinds',
  {
    title: {
      en: 'fdTable() tells what each descriptor is, whatever its name',
      ja: 'fdTable() は名前に惑わされずに種類を見分ける',
    },
    points: 2,
    restsOn: 'table-own',
    why: {
      en: 'the name in the link is only a name: a pipe can have a path (mkfifo), and a file can be called "socket:[1]"',
      ja: 'リンクにあるのは名前にすぎません。パスを持つパイプ（mkfifo）も、"socket:[1]" という名のファイルもあります',
    },
    next: {
      en: 'look at what your program decides the kind by; stat(2) follows the link to what is open',
      ja: '何によって種類を決めているかを見てください。stat(2) はリンクをたどり、開かれている実体を調べます',
    },
    try: ["sh -c 'mkfifo /tmp/p; exec 3<>/tmp/p; stat -L /proc/$$/fd/3; rm /tmp/p'"],
  },
  async (kit) => {
    const names = "exec 3<a 4<>p 5</dev/zero 6<. 7<'socket:[1]' 8<b"
    const script = `mkfifo p; ${names}; rm b; [ ! -d /dev/shm ] || exec 9</dev/shm`
    const { expected, table, module } = await lookAtChild(kit, script)
    expectFields(kit, expected, table, ['kind'])
    const own = await lookAtItself(kit, module)
    expectFields(kit, own.expected, own.table, ['kind'])
  },
)

check(
  'table-targets',
  {
    title: {
      en: 'fdTable() tells the target and the inode of each descriptor',
      ja: 'fdTable() はリンク先と inode 番号を示す',
    },
    points: 2,
    restsOn: 'table-numbers',
    why: {
      en: 'the target is written in the link; the inode number is that of what is open, also where the target is no path',
      ja: 'リンク先はリンクに書かれています。inode 番号は開かれている実体のもので、リンク先がパスでなくてもあります',
    },
    next: {
      en: 'look at which inode you ask for: that of the link, or that of what it leads to',
      ja: 'どの inode を調べているかを見てください。リンク自身のものですか、その先のものですか',
    },
    try: ['ls -l /proc/self/fd', 'stat -L -c %i /proc/self/fd/0'],
  },
  async (kit) => {
    const { expected, table } = await lookAtChild(
      kit,
      "mkfifo q; exec 3<a 4<>q 5<b 6<'c -> d'; rm b",
    )
    expectFields(kit, expected, table, ['target', 'inode'])
  },
)

check(
  'table-position',
  {
    title: {
      en: 'fdTable() tells the position: a copy shares it, a second open does not',
      ja: 'fdTable() は読み書きの位置を示す。複製は共有し、開き直しは共有しない',
    },
    points: 2,
    restsOn: 'table-numbers',
    why: {
      en: 'the position belongs to the open file description: dup(2) makes a second number for the same one, open(2) makes a new one that begins at 0',
      ja: '位置はオープンファイル記述に属します。dup(2) は同じ記述に 2 つ目の番号を付け、open(2) は位置 0 から始まる新しい記述を作ります',
    },
    next: {
      en: 'look at where you get the position from, and how you read it: /proc/<pid>/fdinfo has one for each descriptor, in decimal',
      ja: '位置をどこから得て、どう読んでいるかを見てください。/proc/<pid>/fdinfo にはディスクリプタごとの位置が 10 進数で書かれています',
    },
    try: ["sh -c 'exec 3</etc/passwd 4<&3; read x <&3; cat /proc/$$/fdinfo/4'"],
  },
  async (kit) => {
    const script = 'exec 3<a 4<&3 5<a; dd bs=12 count=1 <&3 >/dev/null 2>&1'
    const { expected, table } = await lookAtChild(kit, script)
    expectFields(kit, expected, table, ['pos'])
  },
)

check(
  'table-cloexec',
  {
    title: {
      en: 'fdTable() tells which descriptors are close-on-exec',
      ja: 'fdTable() は close-on-exec かどうかを示す',
    },
    points: 1,
    restsOn: 'table-own',
    why: {
      en: 'the flags in fdinfo are an octal number, and O_CLOEXEC is one of its bits: 02000000',
      ja: 'fdinfo の flags は 8 進数で、O_CLOEXEC はその 1 ビット 02000000 です',
    },
    next: {
      en: 'look at how you read the number, and at which bit you test',
      ja: '数値の読み方と、調べているビットを見てください',
    },
    try: ['grep flags /proc/self/fdinfo/*'],
  },
  async (kit) => {
    const { expected, table, module } = await lookAtChild(kit, 'exec 3<a 4>>b 5<>c')
    expectFields(kit, expected, table, ['cloexec'])
    const own = await lookAtItself(kit, module)
    expectFields(kit, own.expected, own.table, ['cloexec'])
  },
)

check(
  'table-nobody',
  {
    title: {
      en: 'fdTable() throws ENOENT where there is no such process',
      ja: 'fdTable() は存在しないプロセスに対して ENOENT を投げる',
    },
    points: 1,
    why: {
      en: 'an empty table says that a process has nothing open; that there is no process is something else, and only an error tells it',
      ja: '空の表は「何も開いていない」という意味です。プロセスがないことは別の話で、エラーでしか伝わりません',
    },
    next: {
      en: 'look at which errors your program swallows: one that the whole table is gone for, or only those of single descriptors',
      ja: 'どのエラーを無視しているかを見てください。個々のディスクリプタのものだけですか、表全体のものもですか',
    },
  },
  async (kit) => {
    needsProc(kit)
    const module = await kit.shared.module(file)
    await module.rejects('fdTable', [nobody], 'ENOENT')
  },
)

/** Above the greatest number that Linux gives to a process: PID_MAX_LIMIT, proc_sys_kernel(5). */
const nobody = 4_194_305

/** What a table says of one descriptor, nothing of it believed. */
type Entry = { fd: number } & Record<string, unknown>

/** Whether it says what is open: that it could not have made up. */
const isOpen = ({ target, inode }: Entry) =>
  typeof target === 'string' && target !== '' && inode !== undefined && inode !== 0

/** Starts a child of the learner's process that opens files by a script and then sleeps; has its table listed. */
async function lookAtChild(kit: Kit, script: string, explain: Explain = {}) {
  needsProc(kit)
  const module = await kit.shared.module(file)
  const folder = `files-${kit.random.word(6)}`
  const prepare = `mkdir "$0"; cd "$0"; for f in a b c 'c -> d' 'socket:[1]'; do echo hello, file >"$f"; done`
  const whole = `${prepare}; ${script}; exec sleep 60`
  kit.transcript.add('start', same(`sh -c "${script}; exec sleep 60"`))
  const child = await module.spawn(['sh', '-c', whole, module.scratch.path(folder)])
  const sleep = () =>
    module
      .family()
      .find(({ pid, command, sleeps }) => pid === child?.pid && command[0] === 'sleep' && sleeps)
  if (!child || !(await kit.until(() => Boolean(sleep()))))
    throw new GraderFault(`Expected a shell to run ${script}, but it did not`)
  kit.onEnd(() => kill(child))
  const expected = descriptors(child.pid)
  if (!expected) throw new GraderFault('Expected to see the descriptors of a child')
  // What the grader itself was started with may come through, with high numbers: no script opens one above 9.
  const table = (await listed(kit, module, child.inner, explain)).filter(
    ({ fd }) => fd < 10 || !expected.has(fd),
  )
  for (const fd of expected.keys()) if (fd > 9) expected.delete(fd)
  return { module, expected, table }
}

/** Has the learner's process list its own table. What was there before and afterwards must be in it. */
async function lookAtItself(kit: Kit, module: Module) {
  const before = descriptors(module.pid!)!
  const table = await listed(kit, module, module.family()[0]!.inner, comesAndGoes)
  const after = descriptors(module.pid!)!
  const lasting = [...before].filter(([fd, { identity, cloexec }]) => {
    const now = after.get(fd)
    return now?.identity === identity && now.cloexec === cloexec
  })
  return { expected: new Map(lasting), table }
}

/** Has the table of a child listed that opens and closes one without end, often enough to meet it in between. */
async function lookAtComingAndGoing(kit: Kit, module: Module): Promise<void> {
  const script = 'while :; do exec 5</dev/null; exec 5<&-; done'
  kit.transcript.add('start', same(`sh -c "${script}"`))
  const child = await module.spawn(['sh', '-c', script])
  if (!child) throw new GraderFault(`Expected a shell to run ${script}, but it did not`)
  kit.onEnd(() => kill(child))
  for (let look = 0; look < 60; look++) {
    const table = await listed(kit, module, child.inner, closesIt)
    if (!table.every(isOpen)) kit.fail(listsWhatWasClosed, closesIt.threw)
  }
}

async function listed(
  kit: Kit,
  module: Module,
  pid: number,
  explain: Explain = {},
): Promise<Entry[]> {
  kit.knowsPid(pid)
  const value = await module.ask('fdTable', [pid], explain)
  const isEntry = (item: unknown) =>
    typeof item === 'object' && item !== null && 'fd' in item && typeof item.fd === 'number'
  if (!Array.isArray(value) || !value.every(isEntry))
    kit.fail({
      en: 'fdTable() did not return an array of entries, each with a number fd',
      ja: 'fdTable() は、数値 fd を持つ要素の配列を返しませんでした',
    })
  return value as Entry[]
}

function expectNumbers(kit: Kit, expected: number[], table: Entry[]): void {
  const found = table.map(({ fd }) => fd)
  if (found.join() === expected.join()) return
  if (expected.length === 0)
    kit.fail({
      en: `the process has no descriptors, and fdTable() listed ${found.join(', ')}`,
      ja: `プロセスにディスクリプタはありませんが、fdTable() は ${found.join('、')} を並べました`,
    })
  kit.fail({
    en: `the process has the descriptors ${expected.join(', ')}, and fdTable() listed ${found.join(', ') || 'none'}`,
    ja: `プロセスのディスクリプタは ${expected.join('、')} ですが、fdTable() が並べたのは ${found.join('、') || '空の表'} でした`,
  })
}

/** Expects fields of the lasting descriptors to be what the kernel says. */
function expectFields(
  kit: Kit,
  expected: Map<number, Descriptor>,
  table: Entry[],
  fields: ('kind' | 'target' | 'inode' | 'pos' | 'cloexec')[],
): void {
  for (const [fd, descriptor] of expected) {
    const entry = table.find((item) => item.fd === fd)
    if (!entry) return kit.fail(leftOut(descriptor))
    for (const field of fields) {
      if (entry[field] !== descriptor[field]) kit.fail(wrongField(descriptor, field, entry[field]))
    }
  }
}

function leftOut(descriptor: Descriptor): Text {
  const named = nameOf(descriptor)
  return {
    en: `fdTable() left out ${named.en}`,
    ja: `fdTable() の結果に${named.ja}がありません`,
  }
}

function wrongField(descriptor: Descriptor, field: keyof Descriptor, found: unknown): Text {
  const named = nameOf(descriptor)
  if (field === 'inode')
    return {
      en: `${named.en}: fdTable() named another inode than that of what is open`,
      ja: `${named.ja}: fdTable() の inode は、開かれている実体のものではありません`,
    }
  const [right, wrong] = [shown(descriptor[field]), shown(found)]
  return {
    en: `${named.en}: ${field} is ${right}, and fdTable() said ${wrong}`,
    ja: `${named.ja}: ${field} は ${right} ですが、fdTable() は ${wrong} としました`,
  }
}

function nameOf({ fd, target }: Descriptor): Text {
  // What Node itself has open has other numbers in other versions of it.
  const number = fd < 10 && target.startsWith('/') ? ` ${fd}` : ''
  return {
    en: `descriptor${number} (${shown(target)})`,
    ja: `ディスクリプタ${number}（${shown(target)}）`,
  }
}

const noneOpen: Explain = {
  threw: {
    why: {
      en: 'a process that has closed 0, 1 and 2 as well has nothing open, and runs all the same: its table is empty',
      ja: '0、1、2 番も閉じたプロセスは、何も開いていなくても動いています。その表は空です',
    },
    next: {
      en: 'look at how you tell a process without descriptors from one that is not there',
      ja: 'ディスクリプタのないプロセスと、存在しないプロセスを、どう区別しているかを見てください',
    },
  },
}

const listsWhatWasClosed: Text = {
  en: 'fdTable() lists a descriptor without a target or an inode: one that was closed while it looked',
  ja: 'fdTable() の結果に、リンク先か inode のない要素があります。調べている間に閉じられたものです',
}

const closesIt = {
  threw: {
    why: {
      en: 'a process goes on while you look at it: a descriptor can be closed after any of your steps, not only before the first',
      ja: '調べている間も、相手のプロセスは動いています。ディスクリプタは、最初の手順の前だけでなく、どの手順のあとにも閉じられることがあります',
    },
    next: {
      en: 'look at each call that asks for one descriptor: what does your program do where it finds nothing any more?',
      ja: '1 つのディスクリプタについて尋ねる呼び出しを、すべて見てください。もう何もなかったとき、プログラムはどうしますか',
    },
  },
}

const comesAndGoes: Explain = {
  threw: {
    why: {
      en: 'reading the folder /proc/<pid>/fd takes a descriptor itself: it is in the list, and is closed by the time you look at it',
      ja: '/proc/<pid>/fd を読むこと自体がディスクリプタを 1 つ使います。それも一覧に載り、調べるときにはもう閉じています',
    },
    next: {
      en: 'look at what your program does where a link of the list is no longer there',
      ja: '一覧にあったリンクがもうない場合に、プログラムがどうするかを見てください',
    },
  },
}

/** A value without numbers that differ in each run, and a path by its last part. */
const shown = (value: unknown) =>
  show(value)
    .replace(/\[\d{2,}\]/, '[…]')
    .replace(/"\/.*\//, '"…/')
