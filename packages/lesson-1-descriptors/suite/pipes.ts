import { execFileSync } from 'node:child_process'
import { check, deadlines, type Descriptor, type Kit, type Relative } from '@socket-dojo/testkit'
import { needsProc } from './needs-proc.ts'
import {
  begin,
  expectBytes,
  expectEnds,
  file,
  finish,
  Gate,
  run,
  stages,
  stdoutText,
  tableOf,
} from './run.ts'

check(
  'pipeline-shares-pipe',
  {
    title: {
      en: 'the stages run at once, each joined to the next by one pipe',
      ja: '各ステージは同時に動き、隣どうしが 1 本のパイプでつながる',
    },
    points: 3,
    restsOn: 'pipeline-statuses',
    why: {
      en: 'descriptor 1 of a stage and descriptor 0 of the next are the two ends of one pipe(2): then the kernel carries the bytes, and your process does not see them',
      ja: 'ステージの 1 番と次のステージの 0 番は、1 本の pipe(2) の両端です。バイトを運ぶのはカーネルで、あなたのプロセスは通りません',
    },
    next: {
      en: 'look at what you give each stage as its descriptors 0 and 1',
      ja: '各ステージに 0 番と 1 番として何を渡しているかを見てください',
    },
    try: ['sleep 100 | sleep 200 &', 'ls -l /proc/$(pgrep -nx sleep)/fd   # compare both'],
  },
  async (kit) => {
    needsProc(kit)
    const module = await kit.shared.module(file)
    const later = begin(module, [
      ['sleep', '101'],
      ['sleep', '201'],
      ['sleep', '301'],
    ])
    const names = ['sleep 101', 'sleep 201', 'sleep 301']
    const running = await stages(kit, module, later, names)
    for (const [index, stage] of running.slice(0, -1).entries()) {
      const output = endOfPipe(kit, stage, names[index]!, 1)
      const input = endOfPipe(kit, running[index + 1]!, names[index + 1]!, 0)
      if (output.identity !== input.identity)
        kit.fail(...twoPipes(names[index]!, names[index + 1]!))
    }
  },
)

check(
  'pipeline-stalls',
  {
    title: {
      en: 'a stage that never reads stalls its writer at 64 KiB',
      ja: '読まないステージは、書き手を 64 KiB で待たせる',
    },
    points: 1,
    restsOn: 'pipeline-shares-pipe',
    why: {
      en: 'a pipe holds 64 KiB, then its writer waits: that is what keeps a fast stage from filling the memory',
      ja: 'パイプの容量は 64 KiB で、満ちると書き手は待ちます。速いステージがメモリを食いつぶさないのはそのためです',
    },
    next: {
      en: 'look for what reads between the two stages',
      ja: '2 つのステージの間で何が読んでいるかを探してください',
    },
    try: ['dd if=/dev/zero bs=4096 count=100 | sleep 5'],
  },
  async (kit) => {
    needsProc(kit)
    needsSmallPages(kit)
    const block = 64
    const capacity = 65_536
    const module = await kit.module(file)
    const source = kit.give('stalls', Buffer.alloc(capacity * 160))
    const writer = ['dd', `if=${source}`, `bs=${block}`]
    const later = begin(module, [writer, ['sleep', '102']])
    await stages(kit, module, later, ['sleep 102'])
    const find = () =>
      module.family().find(({ command: [, ...words] }) => words.join() === writer.slice(1).join())
    let dd = find()
    await kit.until(() => Boolean((dd ??= find())))
    // Where it has ended it has taken everything.
    const taken = () => (dd && tableOf(dd).get(0)?.pos) ?? (find() ? 0 : Infinity)
    // It reads a block, and cannot write it: one more than the pipe holds.
    const filled = await kit.until(() => taken() > capacity)
    if (!filled)
      kit.fail({
        en: 'the writer waited before the pipe was full',
        ja: '書き手はパイプが満ちる前に待たされました',
      })
    // Three answers: the module's process has had its turns, however busy the machine.
    for (let turn = 0; turn < 3; turn++) await module.spawn(['true'])
    const more = await kit.until(() => taken() > capacity + block, deadlines.quiet)
    if (more)
      kit.fail({
        en: 'the writer went on after 64 KiB, though the next stage has read nothing',
        ja: '次のステージが何も読んでいないのに、書き手は 64 KiB を過ぎても書き続けました',
      })
  },
)

check(
  'pipeline-eof',
  {
    title: {
      en: 'a reader gets the end when the last writer has closed, and not before',
      ja: '読み手に終わりが届くのは、最後の書き手が閉じたとき',
    },
    points: 3,
    restsOn: 'pipeline-stalls',
    why: {
      en: 'a stage may leave a child behind that still writes: the pipe has its end only when nobody has its write end open any more',
      ja: 'ステージが残した子プロセスがまだ書くこともあります。パイプの終わりは、書き込み側を開いている者がいなくなったときに来ます',
    },
    next: {
      en: 'look at what your program does when the first stage ends, and at which descriptors it keeps open itself',
      ja: '最初のステージが終わったときの動きと、自分が開いたままにしているディスクリプタを見てください',
    },
    try: ["sh -c '(sleep 1; echo late) & echo early' | cat"],
  },
  async (kit) => {
    const result = await run(kit, [['sh', '-c', '(sleep 0.1; echo late) & echo early'], ['cat']])
    expectEnds(kit, result, [0, 0])
    expectBytes(kit, stdoutText, 'early\nlate\n', result.stdout)
    // A writer that closes, and ends only when its reader has seen that. Whether its stderr is apart is not asked here.
    const module = await kit.shared.module(file)
    const writer = new Gate(module, 'end-seen', 'exit 0', 'echo x; exec >&- 2>&-; ')
    kit.onEnd(() => writer.open())
    const reader = ['sh', '-c', 'cat; : >"$0"', writer.file]
    expectEnds(kit, await run(kit, [writer.command, reader]), [0, 0])
  },
)

check(
  'pipeline-sigpipe',
  {
    title: {
      en: 'yes | head -n 1 ends at once, yes by SIGPIPE',
      ja: 'yes | head -n 1 はすぐに終わる。yes は SIGPIPE で',
    },
    points: 2,
    restsOn: 'pipeline-eof',
    why: {
      en: '"yes" never ends by itself: when the last copy of the read end of its pipe is closed, the kernel ends it with SIGPIPE at its next write',
      ja: 'yes は自分からは終わりません。パイプの読み出し側の最後の複製が閉じると、次の書き込みでカーネルが SIGPIPE で終わらせます',
    },
    next: {
      en: 'look at who still has the read end of the pipe when "head" has ended, and who reads what "yes" writes',
      ja: 'head が終わったとき、パイプの読み出し側を誰がまだ開いているか、yes の出力を誰が読んでいるかを見てください',
    },
    try: ["bash -c 'yes | head -n 1; echo ${PIPESTATUS[@]}'   # 141 is 128 + 13, SIGPIPE"],
  },
  async (kit) => {
    const result = await run(kit, [['yes'], ['head', '-n', '1']])
    expectEnds(kit, result, ['SIGPIPE', 0])
    expectBytes(kit, stdoutText, 'y\n', result.stdout)
    // A reader that closes, and ends only when its writer has ended of that. What it has besides is not asked here.
    const module = await kit.shared.module(file)
    const reader = new Gate(module, 'yes-ended', 'exit 0', 'exec <&- 3<&- 4<&-; ')
    kit.onEnd(() => reader.open())
    const writer = ['sh', '-c', 'yes; : >"$0"', reader.file]
    expectEnds(kit, await run(kit, [writer, reader.command]), [0, 0])
  },
)

check(
  'pipeline-bytes',
  {
    title: {
      en: 'bytes go in and come out unchanged',
      ja: 'バイトは変わらずに入り、変わらずに出る',
    },
    points: 2,
    restsOn: 'pipeline-eof',
    why: {
      en: 'turned into a string and back, whatever is not valid UTF-8 is lost',
      ja: '文字列にして戻すと、UTF-8 として正しくないものは失われます',
    },
    next: {
      en: 'look for the place where a Buffer becomes a string: toString(), setEncoding(), +=',
      ja: 'Buffer が文字列になる場所（toString()、setEncoding()、+=）を探してください',
    },
    try: [`printf '\\377\\376\\0' | cat | od -c`],
  },
  async (kit) => {
    const stdin = Buffer.concat([
      Buffer.from([0, 0xff, 0xfe, 0x80, 10]),
      kit.random.bytes(2_000_000),
    ])
    const result = await run(kit, [['cat'], ['cat']], { stdin }, blocked)
    expectBytes(kit, stdoutText, stdin, result.stdout)
    // Two units of UTF-16 each, behind a single one: cut after an even number, a fish is cut in two.
    const text = `a${'🐟'.repeat(20_000)}`
    const fish = await run(kit, [['cat']], { stdin: text }, blocked)
    expectBytes(kit, stdoutText, text, fish.stdout, cutInTwo)
  },
)

check(
  'pipeline-large',
  {
    title: {
      en: 'three stages carry 10 MiB into a file',
      ja: '3 段で 10 MiB をファイルまで運ぶ',
    },
    points: 2,
    restsOn: 'pipeline-eof',
    why: {
      en: 'far more goes through a pipe than it holds: stages that run at once fill and empty it many times',
      ja: 'パイプには容量よりはるかに多くのバイトが通ります。同時に動くステージが、何度も満たしては空にします',
    },
    next: {
      en: 'look at what happens after the first 64 KiB',
      ja: '最初の 64 KiB のあとに何が起きるかを見てください',
    },
    try: ['head -c 10485760 /dev/urandom | cat | wc -c'],
  },
  async (kit) => {
    const data = kit.random.bytes(10 * 1024 * 1024)
    const source = kit.give('large', data)
    const module = await kit.shared.module(file)
    const commands = [['cat', source], ['cat'], ['cat']]
    const options = { stdout: { path: module.scratch.path('large') } }
    const result = await finish(kit, module, begin(module, commands, options))
    expectEnds(kit, result, [0, 0, 0])
    const written = { en: 'what is in the file', ja: 'ファイルの中身' }
    expectBytes(kit, written, data, module.scratch.read('large') ?? Buffer.alloc(0))
  },
)

const cutInTwo = {
  why: {
    en: 'a string of JavaScript counts in units of UTF-16, and a fish is two of them: cut in between, neither half is a letter any more',
    ja: 'JavaScript の文字列は UTF-16 の単位で数えます。魚の絵文字は 2 単位なので、その間で切ると、どちらの半分も文字ではなくなります',
  },
  next: {
    en: 'look at where you cut a string that is given as stdin: as a string, or as the bytes that Buffer.from() makes of it',
    ja: 'stdin として渡された文字列を、どこで切っているかを見てください。文字列のままですか、Buffer.from() でバイトにしてからですか',
  },
}

/** A descriptor of a stage that must be an end of a pipe. */
function endOfPipe(kit: Kit, stage: Relative, name: string, fd: 0 | 1): Descriptor {
  const found = tableOf(stage).get(fd)
  if (found?.kind === 'pipe') return found
  const is = found?.kind === 'socket' ? 'a socket' : (found?.target ?? 'closed')
  const ja = found?.kind === 'socket' ? 'ソケット' : (found?.target ?? '閉じた状態')
  return kit.fail(
    {
      en: `descriptor ${fd} of "${name}" is ${is}, where an end of a pipe was expected`,
      ja: `"${name}" の ${fd} 番はパイプの端のはずですが、${ja}でした`,
    },
    found?.kind === 'socket' ? socketPair : {},
  )
}

const twoPipes = (left: string, right: string) =>
  [
    {
      en: `descriptor 1 of "${left}" and descriptor 0 of "${right}" are two different pipes`,
      ja: `"${left}" の 1 番と "${right}" の 0 番は、別々のパイプです`,
    },
    {
      why: {
        en: 'then something between the two has to copy every byte from one pipe to the other',
        ja: 'それでは、間にいる何かがすべてのバイトを一方から他方へコピーしなければなりません',
      },
    },
  ] as const

const socketPair = {
  why: {
    en: "stdio: 'pipe' is no pipe(2): Node makes a pair of sockets for it, and what one stage writes goes through a stream in your process to the next",
    ja: "stdio: 'pipe' は pipe(2) ではありません。Node はソケットの対を作り、ステージの出力はあなたのプロセスのストリームを通って次へ渡ります",
  },
  next: {
    en: "spawn() also takes numbers in stdio: descriptors of your process, of which the child gets copies; look at what the course's pipe() returns",
    ja: 'spawn() の stdio には数値、つまり自分のディスクリプタも渡せます。子はその複製を得ます。コースの pipe() が何を返すかを見てください',
  },
}

/** A pipe holds 16 pages of memory: 64 KiB where a page has 4 KiB, as nearly everywhere. pipe(7) */
function needsSmallPages(kit: Kit): void {
  if (execFileSync('getconf', ['PAGESIZE'], { encoding: 'utf8' }).trim() === '4096') return
  kit.skip({
    en: 'on this machine a page of memory is not 4 KiB, so a pipe does not hold 64 KiB',
    ja: 'このマシンはメモリのページが 4 KiB ではないため、パイプの容量が 64 KiB ではありません',
  })
}

const blocked = {
  silent: {
    why: {
      en: 'a pipe takes 64 KiB; who writes more waits until somebody reads, and the stages read on only while somebody takes what they write; with writeSync() the whole process waits, so that nothing can be started or read',
      ja: 'パイプに入るのは 64 KiB までで、それ以上を書くと誰かが読むまで待ちます。ステージが読み進むのも、その出力が読まれている間だけです。writeSync() ではプロセス全体が待つので、起動も読み出しもできません',
    },
    next: {
      en: 'look at when you write stdin, and with which function: are the stages that read it running by then, and does anybody read what the last one writes?',
      ja: 'stdin をいつ、どの関数で書いているかを見てください。そのとき、読むステージは動いていますか。最後のステージの出力は誰かが読んでいますか',
    },
    try: [
      'head -c 65536 /dev/zero | sleep 1',
      'head -c 65537 /dev/zero | sleep 1   # one byte more',
    ],
  },
}
