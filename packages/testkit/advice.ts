import { type Cap, caps } from '@socket-dojo/sandbox'
import type { Advice } from './fault.ts'
import type { Problem } from './submission.ts'
import type { Text } from './text.ts'

/** What the testkit itself says about ends that have nothing to do with the subject of a check. */
export const generalAdvice = {
  absentImport: {
    why: {
      en: 'a submission consists of the files of its lesson; everything it needs comes with Node',
      ja: '提出物はこの課のファイルだけです。必要なものはすべて Node に含まれています',
    },
    next: {
      en: 'look at the import lines at the top of the file',
      ja: 'ファイル先頭の import を見てください',
    },
    try: [],
  },
  crashed: {
    why: {
      en: 'an error that nobody handles ends the whole process, whatever else it was doing',
      ja: '誰も処理しないエラーが起きると、プロセス全体が終了します',
    },
    next: {
      en: 'look at the error above and at the line it names',
      ja: '上のエラーと、それが指す行を見てください',
    },
  },
  threw: {
    why: {
      en: 'whoever called it gets an error instead of a result',
      ja: '呼び出し側は、結果ではなくエラーを受け取ります',
    },
    next: {
      en: 'look at the error above and at the line it names',
      ja: '上のエラーと、それが指す行を見てください',
    },
  },
  notWritten: {
    why: {
      en: 'this is the line that the starter leaves for you',
      ja: 'スターターがあなたのために残した行です',
    },
    next: {
      en: 'read what the comments in the file ask for, and write it in place of that line',
      ja: 'ファイルのコメントが求めることを読み、その行の代わりに書いてください',
    },
  },
  addressInUse: {
    why: {
      en: 'a port belongs to one listening socket at a time; a server that always asks for the same port cannot run twice',
      ja: '1 つのポートで待ち受けられるソケットは一度に 1 つです。いつも同じポートを求めるサーバーは、2 つ同時に動かせません',
    },
    next: {
      en: 'look at which port listen() is told, and at who hears of it where that port cannot be had',
      ja: 'listen() に渡しているポート番号と、そのポートが使えないとき、エラーが誰に伝わるのかを見てください',
    },
  },
  endedEarly: {
    why: {
      en: 'a process ends when nothing is left that it waits for, or when it is told to',
      ja: 'プロセスは、待つものがなくなるか、終了を指示されると終わります',
    },
    next: {
      en: 'look for what ends it, and for what should keep it running',
      ja: '何が終わらせたのか、何が動かし続けるはずなのかを見てください',
    },
  },
  tooMuch: {
    why: {
      en: 'every program has a limit here, so that none can harm its neighbours',
      ja: 'ほかのプログラムに害を与えないよう、どのプログラムにも上限があります',
    },
    next: {
      en: 'look for what grows, repeats or waits without end',
      ja: '際限なく増える、繰り返す、待つところを探してください',
    },
  },
  notListening: {
    why: {
      en: 'nobody can connect before the program listens, and nobody knows where before it says so',
      ja: '待ち受けを始めるまで誰も接続できません。また、アドレスを表示するまで、どこに接続すればよいか誰にもわかりません',
    },
    next: {
      en: 'see whether your program comes to listen(), or with UDP to bind(), and what prints the line once it listens',
      ja: 'プログラムが listen()（UDP なら bind()）まで進むか、待ち受けが始まったあとに何がその行を表示するかを見てください',
    },
  },
  endedBeforeListening: {
    why: {
      en: 'it ended before it had said that it listens; a process ends when nothing is left that it waits for, or when it is told to',
      ja: '待ち受けていることを表示する前に終了しました。プロセスは、待つものがなくなるか、終了を指示されると終わります',
    },
    next: {
      en: 'see whether your program comes to listen(), or with UDP to bind(), and what ends it',
      ja: 'プログラムが listen()（UDP なら bind()）まで進むか、何が終了させたのかを見てください',
    },
  },
  otherStatus: {
    why: {
      en: 'by its exit status a program tells whoever started it how it went: 0 is success, anything else a failure',
      ja: '終了ステータスは、起動した側に結果を伝えます。0 は成功、それ以外は失敗です',
    },
    next: {
      en: 'look for what decides on the exit status',
      ja: '終了ステータスが何で決まるかを見てください',
    },
  },
  otherLine: {
    why: {
      en: 'whoever starts the program reads that line to learn the address: it has to be exactly this one',
      ja: 'プログラムを起動した側は、この行を読んでアドレスを知ります。一字一句このとおりでなければなりません',
    },
    next: {
      en: 'compare your line with it, letter by letter',
      ja: '出力した行を 1 文字ずつ比べてください',
    },
  },
  noExport: {
    why: {
      en: 'the grader calls what the file exports, by its name',
      ja: '採点プログラムは、ファイルが export する関数を名前で呼び出します',
    },
    next: {
      en: 'compare your exports with the starter',
      ja: 'export をスターターと比べてください',
    },
    try: [],
  },
  noCode: {
    why: {
      en: 'whoever catches it asks for its code, to know what went wrong: this Error has none',
      ja: '受け取った側は、何が起きたのかを code で見分けます。この Error には code がありません',
    },
    next: {
      en: 'an error of the system has its code already; look at the one that your program makes itself, and at its type in the starter',
      ja: 'システムのエラーには初めから code があります。プログラムが自分で作っているエラーと、スターターにあるその型を見てください',
    },
  },
  noError: {
    why: {
      en: 'whoever catches it reads its name, its message, its code and its stack: only an Error has them',
      ja: '受け取った側は name、message、code、stack を読みます。これらを持つのは Error だけです',
    },
    next: {
      en: 'look at what is thrown, or given to reject(): make it an Error, and give that what belongs to it',
      ja: 'throw や reject() に渡しているものを見てください。Error を作り、必要なものはそこに加えます',
    },
  },
  promise: {
    why: {
      en: 'an async function returns a promise, whatever is returned inside of it; whoever compares that with a value is always wrong',
      ja: 'async 関数は、中で何を返しても Promise を返します。それを値と比べても、決して一致しません',
    },
    next: {
      en: 'compare the type of the method in the starter with yours; look for async before it',
      ja: 'スターターにあるメソッドの型と比べてください。その前に async がありませんか',
    },
  },
  address: {
    why: {
      en: 'whoever uses it reads address.address and address.port, once and for all: it is what address() returned when the socket had its port',
      ja: '使う側は address.address と address.port を読みます。ソケットのポートが決まったときに address() が返した値です',
    },
    next: {
      en: 'look at when your program calls address(), and at what it does with the result',
      ja: 'いつ address() を呼び、その結果をどうしているかを見てください',
    },
  },
  neverLoaded: {
    why: {
      en: 'a module is loaded when everything outside of its functions has run; before that nobody can call what it exports',
      ja: 'モジュールの読み込みは、関数の外にあるものがすべて実行されたときに終わります。それまでは、export したものを誰も呼び出せません',
    },
    next: {
      en: 'look outside of the functions for a loop that does not end, or an await for something that does not come',
      ja: '関数の外に、終わらないループや、起きないことを待つ await がないかを見てください',
    },
  },
  neverSettled: {
    why: {
      en: 'whoever called it waits for the promise; one that is neither resolved nor rejected waits for ever',
      ja: '呼び出し側は Promise を待ちます。解決も拒否もされない Promise は永遠に待たせます',
    },
    next: {
      en: 'find the event that should settle it, and see whether it comes',
      ja: 'Promise を解決または拒否するはずのイベントを探し、それが起きるかを見てください',
    },
  },
} satisfies Record<string, Advice>

/** What is said of a file that cannot run. */
export const problemAdvice: Record<Problem['kind'], Advice> = {
  missing: {
    why: {
      en: 'the lesson looks for its files by their exact names',
      ja: 'この課は、決まった名前のファイルを探します',
    },
    next: {
      en: 'compare the names in your folder with those of the starter',
      ja: 'フォルダーにあるファイル名をスターターと比べてください',
    },
    try: [],
  },
  syntax: {
    why: {
      en: 'a file that does not parse cannot run, not even its first line',
      ja: '構文が正しくないファイルは、1 行目さえ実行されません',
    },
    next: {
      en: 'look at that line and at the ones just above it: a bracket or a quotation mark may be missing there',
      ja: 'その行とすぐ上の行を見てください。括弧や引用符が足りないのかもしれません',
    },
    try: [],
  },
  erase: {
    why: {
      en: 'Node runs TypeScript by erasing its types; what needs code of its own, such as an enum or a namespace, is not left when they are gone',
      ja: 'Node は型を消して TypeScript を実行します。enum や namespace のように独自のコードを必要とするものは、型を消すだけでは動きません',
    },
    next: {
      en: 'say the same in JavaScript, with types that can be erased',
      ja: '同じことを、消せる型と JavaScript で書いてください',
    },
    try: [],
  },
}

/** What is said of a program that met a cap. */
export const capText: Record<Cap, Text> = {
  time: {
    en: `it still ran after ${caps.time / 1000} seconds, the most it may`,
    ja: `上限の ${caps.time / 1000} 秒を過ぎても動いていました`,
  },
  memory: {
    en: `it used more memory than it may (${inMiB(caps.memory)})`,
    ja: `メモリの上限（${inMiB(caps.memory)}）を超えました`,
  },
  output: {
    en: `it printed more than it may (${inMiB(caps.output)})`,
    ja: `出力の上限（${inMiB(caps.output)}）を超えました`,
  },
  processes: {
    en: `it had more processes and threads than it may (${caps.processes})`,
    ja: `プロセスとスレッドの数が上限（${caps.processes}）を超えました`,
  },
  files: {
    en: `it wrote more than it may (${inMiB(caps.files)})`,
    ja: `書き込みの上限（${inMiB(caps.files)}）を超えました`,
  },
}

function inMiB(bytes: number): string {
  return `${bytes / 1024 / 1024} MiB`
}
