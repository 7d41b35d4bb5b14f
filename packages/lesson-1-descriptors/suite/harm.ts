import {
  check,
  type Descriptor,
  descriptors,
  type Explain,
  type Kit,
  type Module,
} from '@socket-dojo/testkit'
import { needsProc } from './needs-proc.ts'
import {
  areSame,
  begin,
  expectBytes,
  expectEnds,
  expectWhole,
  file,
  finish,
  Gate,
  kill,
  run,
  stages,
  stderrText,
  stdoutText,
  tableOf,
  untilThere,
} from './run.ts'

check(
  'pipeline-empty',
  {
    title: {
      en: 'a pipeline without stages runs nothing',
      ja: 'ステージのないパイプラインは何も実行しない',
    },
    points: 1,
    restsOn: 'pipeline-one',
    why: {
      en: 'nothing to run is no error: an empty list has no first and no last stage, and its result is empty too',
      ja: '実行するものがなくてもエラーではありません。空のリストには最初のステージも最後のステージもなく、結果も空になります',
    },
    next: {
      en: 'look at what your program takes from the list without asking whether it is there',
      ja: 'リストから、あるかどうかを確かめずに取り出しているものを見てください',
    },
  },
  async (kit) => {
    const result = await run(kit, [])
    expectEnds(kit, result, [])
    expectBytes(kit, stdoutText, '', result.stdout)
    expectBytes(kit, stderrText, '', result.stderr)
  },
)

check(
  'pipeline-unread',
  {
    title: {
      en: 'a stage that does not read its input disturbs nobody',
      ja: '入力を読まないステージがあっても問題は起きない',
    },
    points: 2,
    restsOn: 'pipeline-not-found',
    why: {
      en: "who writes to a process that has ended gets EPIPE; in Node that is an 'error' event, and one that nobody handles ends the whole process",
      ja: "終わった相手に書くと EPIPE になります。Node では 'error' イベントになり、誰も処理しないとプロセス全体が終わります",
    },
    next: {
      en: 'look at how you write stdin to the first stage, and what becomes of an error there',
      ja: '最初のステージに stdin を書くところと、そこで起きたエラーの行方を見てください',
    },
    try: ['head -c 1000000 /dev/zero | true'],
  },
  async (kit) => {
    const module = await kit.module(file)
    const stdin = Buffer.alloc(400_000, 'abc')
    const call = (commands: string[][]) =>
      finish(kit, module, begin(module, commands, { stdin }), unhandled)
    // It outlives the first write, so that the error always comes later, as an event.
    expectEnds(kit, await call([['sleep', '0.2']]), [0])
    const head = await call([['head', '-c', '3'], ['cat']])
    expectEnds(kit, head, [0, 0])
    expectBytes(kit, stdoutText, stdin.subarray(0, 3), head.stdout)
    expectEnds(kit, await call([['no-such-command'], ['cat']]), [127, 0])
  },
)

check(
  'pipeline-together',
  {
    title: {
      en: 'pipelines that run at the same time do not mix',
      ja: '同時に動くパイプラインどうしは混ざらない',
    },
    points: 1,
    restsOn: 'pipeline-stderr',
    why: {
      en: 'whatever is kept outside of the function is shared by all calls that are under way',
      ja: '関数の外に置いたものは、実行中のすべての呼び出しで共有されます',
    },
    next: {
      en: 'look for variables, file names and descriptors that two calls have in common',
      ja: '2 つの呼び出しが共有している変数、ファイル名、ディスクリプタを探してください',
    },
  },
  async (kit) => {
    const module = await kit.shared.module(file)
    // Of different lengths: a descriptor that is a pipe's in one call is something else in the next.
    const calls = [3, 1].map((cats, index) => {
      const number = index + 1
      const script = `cat; echo ${number} >&2; exit ${number}`
      const gate = new Gate(module, `together-${number}`, script)
      kit.onEnd(() => gate.open())
      const more = Array.from({ length: cats }, () => ['cat'])
      // As much as a pipe takes: Node has four threads for who reads and writes pipes like files, and there they wait.
      const stdin = kit.random.bytes(50_000, String(number))
      const later = begin(module, [gate.command, ...more], { stdin })
      const statuses = [number, ...more.map(() => 0)]
      return { gate, later, stdin, stderr: Buffer.from(`${number}\n`), statuses }
    })
    const gates = calls.map(({ gate }) => gate)
    await Promise.race([untilThere(kit, gates), ...calls.map(({ later }) => later.failed)])
    // They end one by one: what a call does at its end happens while the other still runs.
    for (const { gate, later, stdin, stderr, statuses } of calls) {
      gate.open()
      const result = await finish(kit, module, later, broken)
      expectWhole(kit, stdoutText, stdin, result.stdout)
      const isItsOwn =
        result.stdout.equals(stdin) &&
        result.stderr.equals(stderr) &&
        areSame(result.statuses, statuses)
      // Which of them got what is a matter of chance.
      if (!isItsOwn)
        kit.fail({
          en: 'two pipelines ran at the same time, and what one of them resolved with was not its own',
          ja: '2 本のパイプラインを同時に動かすと、一方の結果がもう一方と混ざっていました',
        })
    }
  },
)

check(
  'pipeline-inherits',
  {
    title: {
      en: 'a stage has the descriptors 0, 1 and 2, and no others',
      ja: 'ステージが持つのは 0、1、2 番だけ',
    },
    points: 2,
    restsOn: 'pipeline-eof',
    why: {
      en: 'a child inherits every descriptor that is not close-on-exec; a copy of a pipe that it knows nothing of keeps that pipe open as long as it runs',
      ja: '子プロセスは close-on-exec でないディスクリプタをすべて引き継ぎます。知らないうちに持つ複製のために、パイプはその子が終わるまで開いたままです',
    },
    next: {
      en: 'look at the whole stdio list that you give each stage, and at what a shell in between leaves open',
      ja: '各ステージに渡す stdio のリスト全体と、間に入るシェルが開いたままにするものを見てください',
    },
    try: ['ls -l /proc/self/fd | cat', "sh -c 'exec 5</dev/null; ls -l /proc/self/fd'"],
  },
  async (kit) => {
    needsProc(kit)
    const module = await kit.shared.module(file)
    // What the grader itself was started with may come through: that is not the learner's doing.
    const strangers = new Set(
      openIn(module).flatMap(({ cloexec, identity }) => (cloexec ? [] : [identity])),
    )
    const calls = [
      { names: ['sleep 104', 'sleep 204', 'sleep 304'], options: { stdin: '' } },
      {
        names: ['sleep 105', 'sleep 205'],
        options: { stdout: { path: module.scratch.path('inherits') } },
      },
    ]
    for (const { names, options } of calls) {
      const commands = names.map((name) => name.split(' '))
      const running = await stages(kit, module, begin(module, commands, options), names)
      for (const stage of running) {
        const more = [...tableOf(stage).values()].filter(
          ({ fd, identity }) => fd > 2 && !strangers.has(identity),
        )
        if (more.length > 0) kit.fail(hasMore(stage.command.join(' '), more))
      }
      // The next may wait for this one: it is nobody's promise that it does not.
      for (const stage of running) kill(stage)
    }
  },
)

check(
  'pipeline-file-error',
  {
    title: {
      en: 'where the file cannot be opened the call rejects, and nothing runs',
      ja: 'ファイルを開けなければ Promise が拒否され、何も実行されない',
    },
    points: 1,
    restsOn: 'pipeline-truncates',
    why: {
      en: 'a shell opens the file before it starts the command: when that fails, the command is not run at all',
      ja: 'シェルはコマンドを起動する前にファイルを開きます。失敗すれば、コマンドは実行されません',
    },
    next: {
      en: 'look at the order: opening the file, making the pipes, starting the stages',
      ja: 'ファイルを開く、パイプを作る、ステージを起動する、という順番を見てください',
    },
    try: ['echo hello > /no/such/folder/file; echo $?'],
  },
  async (kit) => {
    const module = await kit.shared.module(file)
    const mark = 'started'
    // While the last of many are started, the first has long done its work.
    const many = Array.from({ length: 8 }, () => ['true'])
    const commands = [['sleep', '106'], ['touch', module.scratch.path(mark)], ...many]
    const left = () => module.family().filter(({ command }) => command[1] === '106')
    for (const more of [{}, { append: true }]) {
      const stdout = { path: '/no/such/folder/file', ...more }
      await module.rejects('runPipeline', [commands, { stdout }], 'ENOENT')
      if (!(await kit.until(() => left().length === 0))) {
        for (const { pid } of left()) process.kill(pid, 'SIGKILL')
        kit.fail({
          en: '"sleep 106" was started all the same, and is still running',
          ja: 'ファイルを開けなかったのに "sleep 106" が起動され、動き続けています',
        })
      }
      if (module.scratch.read(mark) !== undefined)
        kit.fail({
          en: '"touch" was started all the same, and has made its file: who ends a stage comes too late for what it has done',
          ja: 'ファイルを開けなかったのに "touch" が起動され、ファイルを作りました。あとから終わらせても、済んだことは取り消せません',
        })
    }
    // A folder is there, but cannot be written to.
    const rejects = (path: string, code: string | string[], explain: Explain) =>
      module.rejects('runPipeline', [[['true']], { stdout: { path } }], code, explain)
    await rejects('/', 'EISDIR', otherError)
    await rejects('/dev/null/file', 'ENOTDIR', belowNoFolder)
    // Made absolute before it is opened, it is the folder itself.
    await rejects('', ['ENOENT', 'EISDIR'], emptyPath)
  },
)

check(
  'pipeline-leaks',
  {
    title: {
      en: '50 pipelines leave no descriptor open, and no process',
      ja: '50 本のパイプラインのあと、ディスクリプタもプロセスも残らない',
    },
    points: 2,
    restsOn: 'pipeline-unread',
    why: {
      en: 'a number that nobody closes stays in the table until the process ends; a table is full at some thousand, and then nothing can be opened any more (EMFILE)',
      ja: '閉じないディスクリプタは、プロセスが終わるまで表に残ります。表は千ほどで満ち、そのあとは何も開けません（EMFILE）',
    },
    next: {
      en: 'count for one pipeline: how many descriptors does your program open itself, and where is each of them closed?',
      ja: '1 本のパイプラインで数えてください。自分で開くディスクリプタはいくつで、それぞれどこで閉じていますか',
    },
    try: ['ls /proc/$(pgrep -n node)/fd | wc -l', 'ulimit -n'],
  },
  async (kit) => {
    const module = await kit.module(file)
    const path = module.scratch.path('leaks')
    const absent = [['no-such-command'], ['no-such-command']]
    const calls: [string[][], object?][] = [
      [[['true'], ['true']]],
      [[['true']], { stdin: 'x', stdout: { path } }],
      [absent],
      [absent, { stdin: 'x' }],
      [absent, { stdout: { path } }],
      [[['true'], ...absent, ['true']]],
      [[], { stdout: { path } }],
    ]
    await expectNoLeak(kit, module, 50, async (index) => {
      // To append to what is not there yet is done in another way, by some.
      const fresh = module.scratch.path(`leaks-${index}`)
      const appends: [string[][], object] = [[['true']], { stdout: { path: fresh, append: true } }]
      const [commands, options] = [...calls, appends][index % (calls.length + 1)]!
      await finish(kit, module, begin(module, commands, options), tooMany)
    })
    if (await kit.until(() => module.family().length <= 1)) return
    kit.fail({
      en: 'processes that the pipelines started are still there',
      ja: 'パイプラインが起動したプロセスが残っています',
    })
  },
)

check(
  'pipeline-leaks-error',
  {
    title: {
      en: 'a call that rejects leaves no descriptor open either',
      ja: '拒否された呼び出しも、ディスクリプタを残さない',
    },
    points: 1,
    restsOn: 'pipeline-file-error',
    why: {
      en: 'an exception leaves the function at once: what was opened before it and is closed after it stays open',
      ja: '例外が起きると関数からすぐに抜けます。その前に開き、そのあとで閉じるはずだったものは開いたままです',
    },
    next: {
      en: 'look at what is open at the moment of the error; a finally block runs on both ways',
      ja: 'エラーの時点で何が開いているかを見てください。finally ブロックはどちらの場合にも実行されます',
    },
  },
  async (kit) => {
    const module = await kit.module(file)
    const stdout = { path: '/no/such/folder/file' }
    const args = [[['cat'], ['cat'], ['cat']], { stdout }]
    await expectNoLeak(kit, module, 50, async (index) => {
      if (index === 0) await module.rejects('runPipeline', args, 'ENOENT')
      else await module.later('runPipeline', args).failed.catch(() => {})
    })
  },
)

check(
  'pipeline-ends',
  {
    title: {
      en: 'nothing keeps the process running afterwards',
      ja: '終わったあと、プロセスを動かし続けるものはない',
    },
    points: 1,
    restsOn: 'pipeline-eof',
    why: {
      en: 'a stream or a timer that stays open keeps the process running, long after the answer is there',
      ja: 'ストリームやタイマーが開いたままだと、結果が出たあともプロセスが終わりません',
    },
    next: { en: 'look for what nobody closes', ja: '誰も閉じていないものを探してください' },
  },
  async (kit) => {
    const module = await kit.module(file)
    const result = await finish(kit, module, begin(module, [['cat'], ['cat']], { stdin: 'x' }))
    expectBytes(kit, stdoutText, 'x', result.stdout)
    await module.ends()
  },
)

/** Does something many times, one after the other, and expects no descriptor of the module to be left of it. */
async function expectNoLeak(
  kit: Kit,
  module: Module,
  times: number,
  work: (index: number) => Promise<void>,
): Promise<void> {
  needsProc(kit)
  const first = 8
  const steps = [...kit.transcript.steps]
  for (let index = 0; index < first; index++) await work(index)
  const before = openIn(module) // Node itself has opened some for good, the first time.
  for (let index = first; index < times; index++) await work(index)
  kit.transcript.steps.splice(0, Infinity, ...steps)
  kit.transcript.add('call', {
    en: `runPipeline(…), ${times} times`,
    ja: `runPipeline(…) を ${times} 回`,
  })
  const left = () => openIn(module).length - before.length
  // Less than one in twenty is no leak of each call: Node may have opened more for itself.
  if (await kit.until(() => left() < times / 20)) return
  kit.fail(leaked(before, openIn(module), times - first))
}

const openIn = (module: Module): Descriptor[] => [
  ...(descriptors(module.pid ?? -1)?.values() ?? []),
]

function leaked(before: Descriptor[], after: Descriptor[], times: number) {
  const known = new Set(before.map(({ fd }) => fd))
  const fresh = after.filter(({ fd }) => !known.has(fd)).map(({ kind }) => kind)
  const count = (kind: string) => fresh.filter((other) => other === kind).length
  const most = (['pipe', 'file', 'socket', 'chr', 'anon'] as const).toSorted(
    (a, b) => count(b) - count(a),
  )[0]!
  const each = Math.round(count(most) / times)
  return each === 0
    ? {
        en: `descriptors of the kind "${most}" stay open in the process, after some of the pipelines`,
        ja: `種類 "${most}" のディスクリプタが、一部のパイプラインのあとプロセスに残っています`,
      }
    : {
        en: `descriptors of the kind "${most}" stay open in the process, about ${each} for each pipeline`,
        ja: `種類 "${most}" のディスクリプタが、1 本につき約 ${each} 個プロセスに残っています`,
      }
}

function hasMore(name: string, more: Descriptor[]) {
  return {
    en: `"${name}" also has the descriptors ${more.map(({ fd, kind }) => `${fd} (${kind})`).join(', ')}`,
    ja: `"${name}" はほかにもディスクリプタを持っています: ${more.map(({ fd, kind }) => `${fd}（${kind}）`).join('、')}`,
  }
}

const broken = {
  silent: {
    why: {
      en: 'numbers of descriptors are given out again as soon as they are free: who closes one a second time closes what another call has opened meanwhile',
      ja: 'ディスクリプタの番号は、空くとすぐまた使われます。同じ番号をもう一度閉じると、その間に別の呼び出しが開いたものが閉じてしまいます',
    },
    next: {
      en: 'look at what two calls share, and count for each descriptor how often it is closed',
      ja: '2 つの呼び出しが共有しているものを探し、各ディスクリプタを何回閉じているか数えてください',
    },
  },
}

const otherError = {
  different: {
    why: {
      en: 'there are many reasons why a file cannot be opened, and the system names the one: here EISDIR, "is a directory"',
      ja: 'ファイルを開けない理由はいくつもあり、システムがそのどれかを伝えます。ここでは EISDIR（ディレクトリである）です',
    },
    next: {
      en: 'look at what you make of the error of open(2)',
      ja: 'open(2) のエラーをどう扱っているかを見てください',
    },
  },
}

const belowNoFolder = {
  different: {
    why: {
      en: 'there are many reasons why a file cannot be opened, and the system names the one: here ENOTDIR, a part of the path that should be a folder is none',
      ja: 'ファイルを開けない理由はいくつもあり、システムがそのどれかを伝えます。ここでは ENOTDIR（パスの途中がディレクトリではない）です',
    },
    next: {
      en: 'look at what you make of the error of open(2)',
      ja: 'open(2) のエラーをどう扱っているかを見てください',
    },
  },
}

const emptyPath = {
  resolved: {
    why: {
      en: 'an empty path is a path, too, and the system opens no file by it: that is another thing than no path at all',
      ja: '空のパスもパスの 1 つで、システムはそれではファイルを開きません。パスがないこととは別です',
    },
    next: {
      en: 'look at how you ask whether there is a path',
      ja: 'パスがあるかどうかを、どう確かめているかを見てください',
    },
  },
}

const tooMany = {
  threw: {
    next: {
      en: 'EMFILE says that the table of your process is full: look for what is opened for each pipeline and never closed',
      ja: 'EMFILE は、プロセスの表が満ちたということです。パイプラインごとに開いて、閉じていないものを探してください',
    },
  },
}

const unhandled = {
  exited: {
    why: {
      en: "who writes to a process that has ended gets EPIPE; in Node that is an 'error' event, and one that nobody handles ends the whole process",
      ja: "終わった相手に書くと EPIPE になります。Node では 'error' イベントになり、誰も処理しないとプロセス全体が終わります",
    },
    next: {
      en: 'look at how you write stdin to the first stage, and what becomes of an error there',
      ja: '最初のステージに stdin を書くところと、そこで起きたエラーの行方を見てください',
    },
  },
}
