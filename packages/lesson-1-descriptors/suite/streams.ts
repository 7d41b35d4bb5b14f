import { check, type Descriptor, type Kit } from '@socket-dojo/testkit'
import { needsProc } from './needs-proc.ts'
import {
  begin,
  expectBytes,
  expectEnds,
  file,
  finish,
  kill,
  run,
  stages,
  stderrText,
  stdoutText,
  tableOf,
} from './run.ts'

check(
  'pipeline-not-found',
  {
    title: {
      en: 'a command that is not found has the status 127, and hangs nobody',
      ja: '見つからないコマンドはステータス 127 になり、誰も待たせない',
    },
    points: 2,
    restsOn: 'pipeline-eof',
    why: {
      en: "a child that could not be started never exits: Node tells of it by an 'error' event instead, and its neighbours see an end of their pipe that nobody else has open",
      ja: "起動できなかった子プロセスは終了もしません。Node は代わりに 'error' イベントで知らせ、隣のステージにはパイプの反対側が閉じたと見えます",
    },
    next: {
      en: "look at what you do with the child's 'error' event, and whether you still wait for its 'exit'",
      ja: "子プロセスの 'error' イベントの扱いと、その 'exit' を待ち続けていないかを見てください",
    },
    try: ["bash -c 'true | no-such-command | cat; echo ${PIPESTATUS[@]}'"],
  },
  async (kit) => {
    const absent = ['no-such-command', 'with', 'words']
    expectEnds(kit, await run(kit, [absent], undefined, notStarted), [127])
    const result = await run(kit, [['true'], absent, ['wc', '-c']])
    expectEnds(kit, result, [0, 127, 0])
    expectBytes(kit, stdoutText, '0', Buffer.from(result.stdout.toString('latin1').trim()))
    expectEnds(kit, await run(kit, [absent, ['cat']]), [127, 0])
    expectEnds(kit, await run(kit, [['true'], absent]), [0, 127])
    // Its neighbours see that it has neither end of a pipe open.
    const { statuses, signals, ...rest } = await run(kit, [['yes'], absent, ['cat']])
    // By what "yes" has ended is asked elsewhere.
    const others = { ...rest, statuses: statuses.slice(1), signals: signals.slice(1) }
    expectEnds(kit, others, [127, 0])
    expectEnds(kit, await run(kit, [['exit', '3']]), [127], noBuiltin)
  },
)

check(
  'pipeline-stderr',
  {
    title: {
      en: 'stderr is kept apart, of every stage',
      ja: 'すべてのステージの stderr を別に集める',
    },
    points: 2,
    restsOn: 'pipeline-bytes',
    why: {
      en: 'descriptor 2 exists so that messages do not get into the data: a pipe carries descriptor 1 only',
      ja: '2 番は、メッセージがデータに混ざらないためにあります。パイプが運ぶのは 1 番だけです',
    },
    next: {
      en: 'look at what each stage has as its descriptor 2, and at when you begin to read it',
      ja: '各ステージの 2 番が何か、それをいつ読み始めるかを見てください',
    },
    try: ["sh -c 'echo data; echo message >&2' | wc -l"],
  },
  async (kit) => {
    const first = ['sh', '-c', 'echo data; echo first message >&2']
    const one = await run(kit, [first, ['cat']])
    expectBytes(kit, stdoutText, 'data\n', one.stdout)
    expectBytes(kit, stderrText, 'first message\n', one.stderr, unreadAtExit)
    // The first stage ends only when the second has written all its messages, and reads.
    const zeros = ['head', '-c', '500000', '/dev/zero']
    const messages = kit.random.bytes(500_000)
    const script = 'cat "$0" >&2; cat >/dev/null'
    const writer = ['sh', '-c', script, kit.give('messages', messages)]
    const long = await run(kit, [zeros, writer, ['cat']], undefined, unreadMessages)
    expectBytes(kit, stderrText, messages, long.stderr, notText)
    const second = ['sh', '-c', 'cat; echo second message >&2']
    const third = ['sh', '-c', 'cat; echo third message >&2']
    const all = await run(kit, [first, second, third])
    expectBytes(kit, stdoutText, 'data\n', all.stdout)
    // Which of them came first is nobody's promise.
    const lines = all.stderr.toString().split(/(?<=\n)/)
    const inOrder = Buffer.from(lines.toSorted().join(''))
    const expected = 'first message\nsecond message\nthird message\n'
    expectBytes(kit, stderrText, expected, inOrder, unreadAtExit)
  },
)

check(
  'pipeline-file',
  {
    title: {
      en: 'the file is descriptor 1 of the last stage',
      ja: 'ファイルは最後のステージの 1 番である',
    },
    points: 2,
    restsOn: 'pipeline-shares-pipe',
    why: {
      en: '"> file" copies nothing: the last stage gets the open file as its descriptor 1 and writes to it itself',
      ja: '「> file」は何もコピーしません。最後のステージが、開いたファイルを 1 番として受け取り、自分で書きます',
    },
    next: {
      en: 'look at what you give the last stage as its descriptor 1',
      ja: '最後のステージに 1 番として何を渡しているかを見てください',
    },
    try: ['sleep 100 > a.txt &', 'ls -l /proc/$!/fd'],
  },
  async (kit) => {
    needsProc(kit)
    // A path is no word of a shell either.
    const name = 'a$b.txt'
    const module = await kit.shared.module(file)
    const calls = [
      { seconds: ['103', '203'], append: false },
      { seconds: ['107', '207'], append: true },
    ]
    for (const { seconds, append } of calls) {
      const commands = seconds.map((time) => ['sleep', time])
      const names = commands.map((words) => words.join(' '))
      const options = { stdout: { path: module.scratch.path(name), append } }
      const running = await stages(kit, module, begin(module, commands, options), names)
      expectFile(kit, name, names[1]!, tableOf(running[1]!).get(1))
      // The next may wait for this one: it is nobody's promise that it does not.
      for (const stage of running) kill(stage)
    }
  },
)

check(
  'pipeline-truncates',
  {
    title: {
      en: 'without append the file holds only what the last stage wrote',
      ja: 'append がなければ、ファイルには最後のステージの出力だけが残る',
    },
    points: 1,
    restsOn: 'pipeline-eof',
    why: {
      en: '"> file" empties a file that is already there when it opens it: O_TRUNC of open(2)',
      ja: '「> file」は、すでにあるファイルを開くときに空にします。open(2) の O_TRUNC です',
    },
    next: {
      en: 'look at the flags with which you open the file',
      ja: 'ファイルを開くときのフラグを見てください',
    },
    try: ['echo a long line > a.txt; echo x > a.txt; cat a.txt'],
  },
  async (kit) => {
    const module = await kit.shared.module(file)
    module.scratch.write('truncates', 'what was there before, and is longer\n')
    const options = { stdout: { path: module.scratch.path('truncates') } }
    await module.spawn(['ln', options.stdout.path, module.scratch.path('also')])
    await kit.until(() => module.scratch.read('also') !== undefined)
    const commands = [['echo', 'new'], ['cat']]
    const result = await finish(kit, module, begin(module, commands, options))
    expectEnds(kit, result, [0, 0])
    expectBytes(kit, contents, 'new\n', module.scratch.read('truncates') ?? Buffer.alloc(0))
    expectBytes(kit, stdoutText, '', result.stdout)
    const again = { stdout: { ...options.stdout, append: false } }
    await finish(kit, module, begin(module, [['echo', 'newer']], again))
    expectBytes(kit, contents, 'newer\n', module.scratch.read('truncates') ?? Buffer.alloc(0))
    expectBytes(kit, otherName, 'newer\n', module.scratch.read('also') ?? Buffer.alloc(0), replaced)
  },
)

check(
  'pipeline-appends',
  {
    title: {
      en: 'with append every write goes to the end of the file',
      ja: 'append なら、書き込みは必ずファイルの末尾に付く',
    },
    points: 2,
    restsOn: 'pipeline-truncates',
    why: {
      en: '">> file" opens with O_APPEND: before each write the kernel goes to the end of the file, wherever that is by then, so two writers do not overwrite each other',
      ja: '「>> file」は O_APPEND で開きます。カーネルは書き込みのたびに、その時点の末尾へ移ります。だから 2 つの書き手が互いに上書きすることもありません',
    },
    next: {
      en: 'look at the flags with which you open the file',
      ja: 'ファイルを開くときのフラグを見てください',
    },
    try: ['echo one > a.txt; echo two >> a.txt; cat a.txt'],
  },
  async (kit) => {
    const module = await kit.shared.module(file)
    module.scratch.write('appends', 'before\n')
    const path = module.scratch.path('appends')
    const script = 'echo by another way >> "$0"; echo by descriptor 1'
    const commands = [['true'], ['sh', '-c', script, path]]
    const options = { stdout: { path, append: true } }
    const result = await finish(kit, module, begin(module, commands, options))
    expectEnds(kit, result, [0, 0])
    const expected = 'before\nby another way\nby descriptor 1\n'
    expectBytes(kit, contents, expected, module.scratch.read('appends') ?? Buffer.alloc(0))
    expectBytes(kit, stdoutText, '', result.stdout)
    const fresh = { path: module.scratch.path('appends-first'), append: true }
    const first = begin(module, [['echo', 'first']], { stdout: fresh })
    await finish(kit, module, first, notThere)
    const found = module.scratch.read('appends-first') ?? Buffer.alloc(0)
    expectBytes(kit, contents, 'first\n', found)
  },
)

function expectFile(kit: Kit, name: string, stage: string, found: Descriptor | undefined): void {
  if (found?.kind === 'file' && found.target.endsWith(`/${name}`)) return
  const is = { pipe: 'a pipe', socket: 'a socket', chr: found?.target, anon: found?.target }
  const ja = { ...is, pipe: 'パイプ', socket: 'ソケット' }
  const kind = found?.kind === 'file' ? undefined : found?.kind
  kit.fail({
    en: `descriptor 1 of "${stage}" is ${(kind && is[kind]) ?? 'another file'}, where the file ${name} was expected`,
    ja: `"${stage}" の 1 番はファイル ${name} のはずですが、${(kind && ja[kind]) ?? '別のファイル'}でした`,
  })
}

const contents = { en: 'what is in the file', ja: 'ファイルの中身' }

const otherName = {
  en: 'what is in the file under its other name (a hard link)',
  ja: '別名（ハードリンク）で見たファイルの中身',
}

const replaced = {
  why: {
    en: '"> file" empties the file that is there, and writes to it: a new one in its place has the name, but whoever has the old one by another name, or open, sees nothing of it',
    ja: '「> file」は、今あるファイルを空にして、そこに書きます。消して作り直すと名前は同じでも別のファイルで、元のファイルを別名で、または開いて持っている者には何も見えません',
  },
  next: {
    en: 'look at how you empty the file: by removing it, or by opening it',
    ja: 'ファイルをどうやって空にしているかを見てください。消していますか、開くときに空にしていますか',
  },
}

const unreadAtExit = {
  why: {
    en: 'every stage has a descriptor 2 of its own, and Node keeps what comes there only for who reads: what nobody has begun to read when the stage ends is thrown away',
    ja: '2 番はどのステージにもあります。Node はそこに来たものを、読む者がいなければ残しません。ステージが終わるまでに誰も読み始めていなければ、捨てられます',
  },
  next: {
    en: 'look at whose stderr you read, and at when you begin: as soon as the stage is started, or after something else',
    ja: '誰の stderr を、いつから読んでいるかを見てください。起動したらすぐですか、何かのあとですか',
  },
}

const unreadMessages = {
  silent: {
    why: {
      en: 'what carries stderr to you holds only so much: then a stage that writes more waits until you read, and does not end',
      ja: 'stderr を運ぶものの容量にも限りがあります。それより多く書くステージは、あなたが読むまで待ち、終わりません',
    },
    next: {
      en: 'look at when you begin to read the stderr of each stage: while it runs, or when it has ended',
      ja: '各ステージの stderr をいつ読み始めるかを見てください。動いている間ですか、終わったあとですか',
    },
  },
}

const notText = {
  why: {
    en: 'what a command writes to its stderr is bytes, too, and comes in as many pieces as it likes: turned into a string and back, whatever is not valid UTF-8 is lost',
    ja: 'コマンドが stderr に書くものもバイトで、いくつに分かれて届くかは決まっていません。文字列にして戻すと、UTF-8 として正しくないものは失われます',
  },
  next: {
    en: 'look at how you join the pieces of stderr: as Buffers, or as text',
    ja: 'stderr の断片をどうつないでいるかを見てください。Buffer としてですか、文字列としてですか',
  },
}

const notThere = {
  threw: {
    why: {
      en: '">> file" makes the file where there is none yet: O_CREAT of open(2)',
      ja: '「>> file」は、ファイルがまだなければ作ります。open(2) の O_CREAT です',
    },
    next: {
      en: 'look at the flags with which you open the file for append',
      ja: 'append のとき、どのフラグでファイルを開くかを見てください',
    },
  },
}

const noBuiltin = {
  why: {
    en: '"exit" is a word of the shell: no file of that name is in PATH, so nobody but a shell finds it',
    ja: 'exit はシェルの言葉です。その名のファイルは PATH になく、見つけられるのはシェルだけです',
  },
  next: {
    en: 'look for a shell that takes the command for one of its own words',
    ja: 'コマンドを自分の言葉として受け取るシェルがないか探してください',
  },
  try: ['sh -c exit; echo $?', 'env exit; echo $?'],
}

const notStarted = {
  silent: {
    why: {
      en: "a child that could not be started never exits: Node tells of it by an 'error' event, and an 'exit' event never comes",
      ja: "起動できなかった子プロセスは終了もしません。Node は 'error' イベントで知らせ、'exit' イベントは来ません",
    },
  },
  threw: {
    why: {
      en: 'that a command is not found is how one stage ended, and no failure of the pipeline: the caller still wants to know of the others',
      ja: 'コマンドが見つからないのは 1 つのステージの終わり方であり、パイプライン全体の失敗ではありません。呼び出し側はほかのステージの結果も必要としています',
    },
    next: {
      en: "look at what you make of the child's 'error' event",
      ja: "子プロセスの 'error' イベントをどう扱っているかを見てください",
    },
  },
}
