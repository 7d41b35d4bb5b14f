import { check } from '@socket-dojo/testkit'
import {
  begin,
  expectBytes,
  expectEnds,
  file,
  finish,
  Gate,
  run,
  stderrText,
  stdoutText,
  untilThere,
} from './run.ts'

check(
  'pipeline-one',
  {
    title: {
      en: 'runPipeline() runs a single command and collects what it writes',
      ja: 'runPipeline() は 1 つのコマンドを実行し、出力を集める',
    },
    points: 1,
    why: {
      en: 'a pipeline of one stage has no pipe between stages, only a beginning and an end',
      ja: '1 段のパイプラインには、つなぐパイプはなく、始まりと終わりだけがあります',
    },
    next: {
      en: 'look at where the output of the last stage goes, and what you resolve with',
      ja: '最後のステージの出力がどこへ行くか、Promise を何で解決しているかを見てください',
    },
    try: ['node exercises/lesson-1-descriptors/pipeline.ts echo hello'],
  },
  async (kit) => {
    const result = await run(kit, [['echo', 'hello']])
    expectEnds(kit, result, [0])
    expectBytes(kit, stdoutText, 'hello\n', result.stdout)
    expectBytes(kit, stderrText, '', result.stderr)
  },
)

check(
  'pipeline-argv',
  {
    title: {
      en: 'arguments arrive as they are: blanks, quotes, $, newlines, any letters',
      ja: '引数はそのまま届く。空白、引用符、$、改行、どんな文字も',
    },
    points: 2,
    restsOn: 'pipeline-one',
    why: {
      en: 'execve(2) takes a list of strings; only a shell cuts a line into words and replaces what stands behind a $',
      ja: 'execve(2) が受け取るのは文字列のリストです。行を単語に分けたり $ を置き換えたりするのはシェルだけです',
    },
    next: {
      en: 'look for a shell that reads the arguments: exec(), shell: true, words joined by blanks',
      ja: '引数を読むシェル（exec()、shell: true、空白での連結）がないか探してください',
    },
    try: [`printf '<%s>\\n' 'two words' '$HOME' '*'`],
  },
  async (kit) => {
    const words = [
      'two  words',
      "it's",
      '"',
      '$HOME',
      '`echo x`',
      'a\nb',
      'naïve 日本 🐟',
      '',
      '*',
      '\\n',
    ]
    const rest = ['-n', ';', '|', '>x', '&', '#', '~', '${PATH}', '%s', '!1', ' ']
    const result = await run(kit, [['printf', '%s\\0', ...words, ...rest]])
    const expected = [...words, ...rest].map((word) => `${word}\0`).join('')
    expectBytes(kit, stdoutText, expected, result.stdout)
    expectEnds(kit, result, [0])
  },
)

check(
  'pipeline-stdin',
  {
    title: {
      en: 'the first stage reads stdin, or nothing at all',
      ja: '最初のステージは stdin を読む。なければ何も読まない',
    },
    points: 1,
    restsOn: 'pipeline-argv',
    why: {
      en: 'a command that reads to the end of its input ends only when that end comes, also after no byte at all',
      ja: '入力を最後まで読むコマンドは、入力の終わりが来なければ終わりません。0 バイトの入力でも同じです',
    },
    next: {
      en: 'look at what descriptor 0 of the first stage is, and who closes its other end',
      ja: '最初のステージの 0 番が何か、その反対側を誰が閉じるかを見てください',
    },
    try: ['echo hello | cat', 'cat </dev/null'],
  },
  async (kit) => {
    const text = await run(kit, [['cat']], { stdin: 'héllo\n' }, noEnd)
    expectBytes(kit, stdoutText, 'héllo\n', text.stdout)
    const bytes = Buffer.from('few bytes\n')
    const few = await run(kit, [['cat']], { stdin: bytes }, noEnd)
    if (few.stdout.length > bytes.length) kit.fail(moreCame, notAllOfIt) // What, is a matter of chance.
    expectBytes(kit, stdoutText, bytes, few.stdout)
    const empty = await run(kit, [['cat']], { stdin: '' }, noEnd)
    expectBytes(kit, stdoutText, '', empty.stdout)
    const nothing = await run(kit, [['cat']], undefined, noEnd)
    expectBytes(kit, stdoutText, '', nothing.stdout)
    expectEnds(kit, nothing, [0], unreadable)
  },
)

check(
  'pipeline-statuses',
  {
    title: {
      en: 'every exit status is told, in the order of the stages',
      ja: 'すべての終了ステータスを、ステージの順に伝える',
    },
    points: 2,
    restsOn: 'pipeline-stdin',
    why: {
      en: 'a shell tells only the last status unless asked (PIPESTATUS): then the failure of an earlier stage goes unseen',
      ja: 'シェルはふつう、最後のステータスだけを伝えます（全部は PIPESTATUS）。それでは途中の失敗が見えません',
    },
    next: {
      en: 'look at which stages you wait for, and in which order you put their statuses',
      ja: 'どのステージを待ち、ステータスをどの順に並べているかを見てください',
    },
    try: ["bash -c 'false | sleep 0.1 | true; echo ${PIPESTATUS[@]}'"],
  },
  async (kit) => {
    const module = await kit.shared.module(file)
    const gates = [3, 0, 9].map(
      (status, index) => new Gate(module, `go-${index + 1}`, `exit ${status}`),
    )
    const later = begin(
      module,
      gates.map(({ command }) => command),
    )
    await Promise.race([untilThere(kit, gates), later.failed])
    // They end one by one, from the last to the first: not in the order of the stages.
    for (const gate of gates.toReversed()) {
      const pid = gate.process()?.pid
      gate.open()
      await kit.until(() => !module.family().some((relative) => relative.pid === pid))
      await module.turn() // Whatever it does to the others when one has ended, it has done now.
    }
    const result = await finish(kit, module, later)
    expectEnds(kit, result, [3, 0, 9])
  },
)

check(
  'pipeline-signals',
  {
    title: {
      en: 'a stage that a signal ended has a signal, and no status',
      ja: 'シグナルで終わったステージには、ステータスではなくシグナルがある',
    },
    points: 1,
    restsOn: 'pipeline-statuses',
    why: {
      en: 'a process ends in one of two ways: it exits with a status, or a signal ends it; 128 + n is what a shell makes of the second',
      ja: 'プロセスの終わり方は 2 つ、ステータスを付けて終了するか、シグナルで終わらされるかです。128 + n は後者をシェルが言い換えたものです',
    },
    next: {
      en: "look at both arguments of the child's 'exit' event",
      ja: "子プロセスの 'exit' イベントの 2 つの引数を見てください",
    },
    try: ['bash -c \'sh -c "kill -TERM \\$\\$"; echo $?\''],
  },
  async (kit) => {
    const result = await run(kit, [
      ['sh', '-c', 'kill -TERM $$'],
      ['sh', '-c', 'kill -KILL $$'],
      ['sh', '-c', 'exit 130'],
      ['sh', '-c', 'exit 141'],
    ])
    expectEnds(kit, result, ['SIGTERM', 'SIGKILL', 130, 141])
  },
)

const moreCame = {
  en: 'stdin was a Buffer of 10 bytes, and "cat" was given more than these',
  ja: 'stdin は 10 バイトの Buffer でしたが、cat に渡ったのはそれだけではありませんでした',
}

const notAllOfIt = {
  why: {
    en: 'a small Buffer is a view of a larger memory that it shares with others: only what lies between its byteOffset and byteOffset + length is its own',
    ja: '小さい Buffer は、ほかと共有する大きなメモリの一部を見せるものです。自分のものは byteOffset から byteOffset + length までだけです',
  },
  next: {
    en: 'look at what you make of a Buffer that is given as stdin before you write it',
    ja: 'stdin として渡された Buffer を、書く前に何に変えているかを見てください',
  },
}

const unreadable = {
  why: {
    en: 'where descriptor 0 is closed, or open only for writing, "cat" does not see an end but an error: EBADF',
    ja: '0 番が閉じているか書き込み専用で開かれていると、cat に見えるのは終わりではなく、エラー EBADF です',
  },
  next: {
    en: 'look at what descriptor 0 of the first stage is where there is no stdin',
    ja: 'stdin がないとき、最初のステージの 0 番が何かを見てください',
  },
  try: ['cat <&-; echo $?', 'cat 0>/dev/null; echo $?', 'cat </dev/null; echo $?'],
}

const noEnd = {
  silent: {
    why: {
      en: 'a command that reads to the end of its input ends only when that end comes, also after no byte at all',
      ja: '入力を最後まで読むコマンドは、入力の終わりが来なければ終わりません。0 バイトの入力でも同じです',
    },
    next: {
      en: 'look at what descriptor 0 of the first stage is, and who closes its other end',
      ja: '最初のステージの 0 番が何か、その反対側を誰が閉じるかを見てください',
    },
  },
}
