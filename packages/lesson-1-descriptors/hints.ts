import type { Hints } from '@socket-dojo/testkit/lesson'

export default {
  'table-numbers': [
    {
      en: 'A process has opened four files and closed the second. Which numbers does its table have now?',
      ja: 'プロセスが 4 つのファイルを開き、2 つ目を閉じました。表にはいまどの番号がありますか。',
    },
    {
      en: 'Do not count upwards: ask the system which numbers there are. /proc/<pid>/fd is a folder.',
      ja: '数え上げるのではなく、どの番号があるかをシステムに聞いてください。/proc/<pid>/fd はフォルダーです。',
    },
    {
      en: 'readdirSync(`/proc/${pid}/fd`) gives the numbers as strings: turn them into numbers, then sort them as numbers.',
      ja: 'readdirSync(`/proc/${pid}/fd`) は番号を文字列で返します。数値に変えてから、数値として並べ替えます。',
    },
  ],
  'table-own': [
    {
      en: 'Reading a folder needs a descriptor. Whose table is it in, and for how long?',
      ja: 'フォルダーを読むにもディスクリプタが要ります。それは誰の表に、いつまでありますか。',
    },
    {
      en: 'By the time you look at a number of the list, it may be closed. Which error do you get then?',
      ja: '一覧の番号を調べるときには、もう閉じているかもしれません。そのときのエラーは何ですか。',
    },
    {
      en: 'Catch ENOENT around the look at a single descriptor, and leave that one out. Let every other error pass.',
      ja: '1 つのディスクリプタを調べるところだけで ENOENT を捕まえ、それを除きます。ほかのエラーはそのまま通します。',
    },
  ],
  'table-kinds': [
    {
      en: 'What does the name of a file tell of what it is? Make one called "pipe:[1]" and look.',
      ja: 'ファイルの名前から、それが何かわかりますか。"pipe:[1]" というファイルを作ってみてください。',
    },
    {
      en: 'stat(2) on the link goes through to what is open, and its answer has a type.',
      ja: 'リンクに対する stat(2) は、開かれている実体までたどります。その答えには種類があります。',
    },
    {
      en: 'statSync(link) has isFIFO(), isSocket(), isCharacterDevice(), isFile(), isDirectory() …; what is none of them is anon.',
      ja: 'statSync(link) には isFIFO()、isSocket()、isCharacterDevice()、isFile()、isDirectory() などがあります。どれでもないものが anon です。',
    },
  ],
  'table-targets': [
    {
      en: 'A symbolic link has an inode of its own. Is it the one you want?',
      ja: 'シンボリックリンクにも自分の inode があります。欲しいのはそれですか。',
    },
    {
      en: 'One call reads what is written in a link; another one follows it.',
      ja: 'リンクに書かれたものを読む呼び出しと、リンクをたどる呼び出しは別です。',
    },
    {
      en: 'target is readlinkSync(link), inode is statSync(link).ino; lstatSync would look at the link itself.',
      ja: 'target は readlinkSync(link)、inode は statSync(link).ino です。lstatSync ではリンク自身を見てしまいます。',
    },
  ],
  'table-position': [
    {
      en: 'Two descriptors of one process lead to one file. Must their positions be equal?',
      ja: '1 つのプロセスの 2 つのディスクリプタが同じファイルを指します。位置は必ず同じですか。',
    },
    {
      en: 'The position belongs to what open(2) made. Each descriptor has a file in /proc/<pid>/fdinfo.',
      ja: '位置は open(2) が作ったものに属します。/proc/<pid>/fdinfo にはディスクリプタごとのファイルがあります。',
    },
    {
      en: 'Read /proc/<pid>/fdinfo/<fd> for every descriptor and take the number after "pos:".',
      ja: 'ディスクリプタごとに /proc/<pid>/fdinfo/<fd> を読み、「pos:」のあとの数を使います。',
    },
  ],
  'table-cloexec': [
    {
      en: 'flags says 02100002. Which base is that number in?',
      ja: 'flags は 02100002 です。これは何進数ですか。',
    },
    {
      en: 'Each bit is one thing that open(2) was told. O_CLOEXEC is 02000000 in the same base.',
      ja: '各ビットが open(2) に渡された 1 つの指定です。O_CLOEXEC は同じ基数で 02000000 です。',
    },
    {
      en: 'Number.parseInt(flags, 8) & 0o2000000 is not 0 where it is set.',
      ja: '設定されていれば Number.parseInt(flags, 8) & 0o2000000 が 0 になりません。',
    },
  ],
  'table-nobody': [
    {
      en: 'Nothing open, and no process at all: how does your caller tell the two apart?',
      ja: '何も開いていないことと、プロセスがないこと。呼び出し側はどう見分けますか。',
    },
    {
      en: 'The system already gives an error for the one. Who takes it away?',
      ja: '一方にはシステムがすでにエラーを返しています。それを消しているのは誰ですか。',
    },
    {
      en: 'Leave readdirSync() outside of any try: its ENOENT is the right one to throw.',
      ja: 'readdirSync() は try の外に置きます。その ENOENT をそのまま投げるのが正解です。',
    },
  ],
  'pipeline-one': [
    {
      en: 'When is everything there that a command has written: when it has exited, or when its output has ended?',
      ja: 'コマンドの出力がすべてそろうのは、終了したときですか、出力が終わったときですか。',
    },
    {
      en: 'You wait for two things: how the process ended, and the end of each stream that you read from it.',
      ja: '待つものは 2 つ、プロセスの終わり方と、読んでいる各ストリームの終わりです。',
    },
    {
      en: "spawn(file, args, { stdio: ['ignore', 'pipe', 'pipe'] }), once(child, 'exit'), and Buffer.concat(await child.stdout.toArray()).",
      ja: "spawn(file, args, { stdio: ['ignore', 'pipe', 'pipe'] })、once(child, 'exit')、そして Buffer.concat(await child.stdout.toArray()) です。",
    },
  ],
  'pipeline-argv': [
    {
      en: 'Who makes words of a line, and a value of $HOME: the system or the shell?',
      ja: '行を単語に分け、$HOME を値に変えるのは、システムですか、シェルですか。',
    },
    {
      en: 'You already have the words. Nobody needs to cut anything.',
      ja: '単語はもう分かれています。誰も切り分ける必要はありません。',
    },
    {
      en: 'spawn(command[0], command.slice(1), …) without the option shell hands them over as they are.',
      ja: 'shell オプションなしの spawn(command[0], command.slice(1), …) は、そのまま渡します。',
    },
  ],
  'pipeline-stdin': [
    {
      en: 'How does cat learn that nothing more comes?',
      ja: 'もう何も来ないことを、cat はどうやって知りますか。',
    },
    {
      en: 'Somebody has the other end of its descriptor 0. With stdin it has to close after the last byte; without, there should be none.',
      ja: '0 番の反対側を持つ者がいます。stdin があるなら、最後のバイトのあとに反対側を閉じます。ないなら、反対側を持つ者がいてはいけません。',
    },
    {
      en: "With stdin: 'pipe' as the first of stdio, and child.stdin.end(data). Without: 'ignore', which is /dev/null.",
      ja: "stdin があれば stdio の最初を 'pipe' にして child.stdin.end(data)。なければ 'ignore'、つまり /dev/null です。",
    },
  ],
  'pipeline-statuses': [
    {
      en: 'Which stage ends first? Does that change its place in the list?',
      ja: '最初に終わるのはどのステージですか。それで一覧での位置は変わりますか。',
    },
    {
      en: 'Begin to wait for all stages at once, and keep the results by their places.',
      ja: 'すべてのステージを同時に待ち始め、結果は位置で管理します。',
    },
    {
      en: 'await Promise.all(stages.map(ended)) has the results in the order of the stages, whoever ends first.',
      ja: 'await Promise.all(stages.map(ended)) の結果は、誰が先に終わってもステージの順です。',
    },
  ],
  'pipeline-signals': [
    {
      en: 'A process that was killed: did it ever call exit()?',
      ja: '強制終了されたプロセスは、exit() を呼びましたか。',
    },
    {
      en: "The 'exit' event has two arguments, and one of them is always null.",
      ja: "'exit' イベントの引数は 2 つで、一方は必ず null です。",
    },
    {
      en: 'Hand both on as they are: (status, signal), no sum of 128 and anything.',
      ja: '(status, signal) をそのまま渡します。128 に何かを足したりはしません。',
    },
  ],
  'pipeline-shares-pipe': [
    {
      en: 'Through how many hands does a byte go between two stages? Count the descriptors with ls -l /proc/<pid>/fd.',
      ja: '2 つのステージの間で、バイトはいくつのプロセスを通りますか。ls -l /proc/<pid>/fd で数えてください。',
    },
    {
      en: 'pipe() of the course gives two numbers. The stdio list of spawn() takes numbers.',
      ja: 'コースの pipe() は 2 つの番号を返します。spawn() の stdio には番号を渡せます。',
    },
    {
      en: 'For n stages make n - 1 pipes: writeFd is the 1 of a stage, readFd the 0 of the next. Start them all, wait afterwards.',
      ja: 'n 段なら n - 1 本のパイプを作ります。writeFd はステージの 1 番、readFd は次のステージの 0 番です。すべて起動してから待ちます。',
    },
  ],
  'pipeline-stalls': [
    {
      en: 'The next stage sleeps. Where could the bytes beyond 64 KiB be?',
      ja: '次のステージは眠っています。64 KiB を超えたバイトは、どこにありうるでしょうか。',
    },
    {
      en: 'Somebody reads the pipe besides the next stage. It can only be you.',
      ja: '次のステージのほかに、パイプを読んでいる者がいます。あなたのプロセス以外にありえません。',
    },
    {
      en: 'Your process makes the pipe, gives its ends away and closes its own. It never reads it.',
      ja: '自分のプロセスはパイプを作り、両端を渡し、自分の分を閉じます。読むことはありません。',
    },
  ],
  'pipeline-eof': [
    {
      en: 'How many descriptors lead to the write end of one pipe after the stages have started? In which processes?',
      ja: '各ステージの起動後、1 本のパイプの書き込み側を指すディスクリプタはいくつ、どのプロセスにありますか。',
    },
    {
      en: 'A child gets copies. What you had before, you still have.',
      ja: '子が得るのは複製です。自分が持っていたものは、まだ持っています。',
    },
    {
      en: 'closeSync() both ends of every pipe in your process once the stages that need them are started. Do not end a stage yourself.',
      ja: '必要なステージを起動したら、自分のプロセスにある各パイプの両端を closeSync() します。ステージを自分で終わらせてはいけません。',
    },
  ],
  'pipeline-sigpipe': [
    {
      en: 'head has ended. Who could still read what yes writes?',
      ja: 'head は終わりました。yes の出力をまだ読めるのは誰ですか。',
    },
    {
      en: 'As long as anybody has the read end open, the writer only waits.',
      ja: '誰かが読み出し側を開いている限り、書き手は待つだけです。',
    },
    {
      en: 'Close readFd, too, in your own process, after the stage that reads from it was started.',
      ja: 'readFd も、それを読むステージを起動したあと、自分のプロセスで閉じてください。',
    },
  ],
  'pipeline-bytes': [
    {
      en: 'Is every sequence of bytes a text?',
      ja: 'どんなバイト列もテキストですか。',
    },
    {
      en: 'Look for every place where bytes become a string on their way, also by itself: pieces += chunk.',
      ja: '途中でバイトが文字列になるところを探してください。pieces += chunk のように自動で変わる場合もあります。',
    },
    {
      en: 'Keep the Buffers in a list and join them at the end: Buffer.concat(list).',
      ja: 'Buffer をリストにため、最後に Buffer.concat(list) でつなぎます。',
    },
  ],
  'pipeline-large': [
    {
      en: 'What waits for what, once a pipe is full?',
      ja: 'パイプが満ちたあと、何が何を待ちますか。',
    },
    {
      en: 'All stages have to run while the data flows; nobody may be waited for before that.',
      ja: 'データが流れている間は、すべてのステージが動いていなければなりません。全部を起動するまで、どのステージの終了も待ってはいけません。',
    },
    {
      en: 'First start every stage, then close your ends, then wait for all of them together.',
      ja: 'まず全ステージを起動し、次に自分の端を閉じ、それから全部をまとめて待ちます。',
    },
  ],
  'pipeline-not-found': [
    {
      en: "A command that cannot be started: does it ever have an 'exit'?",
      ja: "起動できないコマンドに、'exit' は来ますか。",
    },
    {
      en: "It has an 'error' instead. Its neighbours need nothing but your closed ends.",
      ja: "代わりに 'error' が来ます。隣のステージのためにすることは、自分が持つパイプの端を閉じることだけです。",
    },
    {
      en: "Settle the same promise on 'error', with status 127 where its code is ENOENT.",
      ja: "'error' でも同じ Promise を解決します。code が ENOENT ならステータスは 127 です。",
    },
  ],
  'pipeline-stderr': [
    {
      en: 'Which descriptor carries messages? Whose messages do you read?',
      ja: 'メッセージが通るのは何番ですか。誰のメッセージを読んでいますか。',
    },
    {
      en: 'Every stage has a descriptor 2 of its own, also those in the middle.',
      ja: '2 番は、中間のものも含めてどのステージにもあります。',
    },
    {
      en: "Give each stage 'pipe' as the third of stdio, and read stderr of all of them.",
      ja: "各ステージの stdio の 3 番目を 'pipe' にし、すべての stderr を読みます。",
    },
  ],
  'pipeline-file': [
    {
      en: 'Who writes to the file in "sort > file": the shell or sort?',
      ja: '「sort > file」でファイルに書くのは、シェルですか、sort ですか。',
    },
    {
      en: 'An open file is a number, too.',
      ja: '開いたファイルも番号です。',
    },
    {
      en: 'openSync(path, …) and give the number to the last stage as the second of stdio. Then close yours.',
      ja: 'openSync(path, …) の番号を、最後のステージの stdio の 2 番目に渡します。そのあと自分の分を閉じます。',
    },
  ],
  'pipeline-truncates': [
    {
      en: 'What is left of a long file after "echo x > file"?',
      ja: '「echo x > file」のあと、長いファイルには何が残りますか。',
    },
    { en: 'open(2) can empty a file.', ja: 'open(2) はファイルを空にできます。' },
    { en: "The flag 'w' of openSync() does it.", ja: "openSync() のフラグ 'w' です。" },
  ],
  'pipeline-appends': [
    {
      en: 'Two programs append to one log. Why does neither overwrite the other?',
      ja: '2 つのプログラムが 1 つのログに追記します。なぜ互いに上書きしないのでしょうか。',
    },
    {
      en: 'The kernel itself goes to the end before each write, where the file was opened so.',
      ja: 'そのように開かれたファイルでは、カーネル自身が書き込みの前に末尾へ移ります。',
    },
    {
      en: "The flag 'a' of openSync() is O_APPEND.",
      ja: "openSync() のフラグ 'a' が O_APPEND です。",
    },
  ],
  'pipeline-empty': [
    {
      en: 'Which is the last stage of none?',
      ja: 'ステージが 1 つもないとき、最後のステージは何ですか。',
    },
    { en: 'Decide it before you look for one.', ja: '探す前に決めてしまいましょう。' },
    {
      en: 'Return empty lists and empty Buffers where commands.length is 0.',
      ja: 'commands.length が 0 なら、空のリストと空の Buffer を返します。',
    },
  ],
  'pipeline-unread': [
    {
      en: 'The first stage has ended without reading. Who is still writing to it?',
      ja: '最初のステージは読まずに終わりました。まだ書いているのは誰ですか。',
    },
    {
      en: "The write fails with EPIPE, and the stream has an 'error' event.",
      ja: "書き込みは EPIPE で失敗し、ストリームに 'error' イベントが起きます。",
    },
    {
      en: "child.stdin.on('error', () => {}): that a stage does not want everything is its right.",
      ja: "child.stdin.on('error', () => {}) とします。全部を読まないのはステージの自由です。",
    },
  ],
  'pipeline-together': [
    {
      en: 'What do two calls of your function have in common?',
      ja: '関数の 2 つの呼び出しに共通するものは何ですか。',
    },
    {
      en: 'Look above the function: whatever is declared there exists once.',
      ja: '関数の上を見てください。そこで宣言したものは 1 つしかありません。',
    },
    { en: 'Declare it inside.', ja: '関数の中で宣言します。' },
  ],
  'pipeline-inherits': [
    {
      en: 'Let a stage list its own descriptors: ls -l /proc/self/fd. What is there besides 0, 1 and 2?',
      ja: 'ステージに自分のディスクリプタを並べさせてください: ls -l /proc/self/fd。0、1、2 のほかに何がありますか。',
    },
    {
      en: 'pipe() and openSync() are close-on-exec. Only what stands in stdio reaches the child.',
      ja: 'pipe() と openSync() は close-on-exec です。子に届くのは stdio に書いたものだけです。',
    },
    {
      en: 'Keep the stdio list at three entries; where a shell moves descriptors, it has to close them: <&3 3<&-.',
      ja: 'stdio は 3 つだけにします。シェルで移す場合は、<&3 3<&- のように閉じる必要があります。',
    },
  ],
  'pipeline-file-error': [
    {
      en: 'What can fail before the first stage has started?',
      ja: '最初のステージを起動する前に、何が失敗しえますか。',
    },
    {
      en: 'Do first what can fail and is easily undone.',
      ja: '失敗しうるもの、やり直しやすいものから先に行います。',
    },
    {
      en: 'openSync() comes first; its error leaves the function, and nothing has been started.',
      ja: 'openSync() を最初に行います。エラーで関数を抜けても、何も起動していません。',
    },
  ],
  'pipeline-leaks': [
    {
      en: 'For n stages and a file: how many numbers does your process open, and how many does it close?',
      ja: 'n 段とファイル 1 つで、プロセスはいくつ開き、いくつ閉じますか。',
    },
    {
      en: 'Two for each pipe, one for the file, also where a command is not found.',
      ja: 'パイプごとに 2 つ、ファイルに 1 つ。コマンドが見つからないときも同じです。',
    },
    {
      en: 'Put every number into a list where you get it, and close the whole list in one place.',
      ja: '番号を得たその場でリストに入れ、1 か所でリスト全体を閉じます。',
    },
  ],
  'pipeline-leaks-error': [
    {
      en: 'What has been opened already when the error comes?',
      ja: 'エラーが起きたとき、すでに何を開いていますか。',
    },
    {
      en: 'Code below a throw is not run; one kind of block is.',
      ja: 'throw のあとのコードは実行されません。実行されるブロックが 1 種類あります。',
    },
    {
      en: 'try { open, pipe, spawn } finally { close all that is in the list }.',
      ja: 'try { 開く、パイプを作る、起動する } finally { リストのすべてを閉じる } とします。',
    },
  ],
  'pipeline-ends': [
    {
      en: 'What keeps a Node process running?',
      ja: 'Node のプロセスを動かし続けるものは何ですか。',
    },
    {
      en: 'Streams that are open, timers that run, children that nobody waited for.',
      ja: '開いたストリーム、動いているタイマー、待たれていない子プロセスです。',
    },
    {
      en: 'clearTimeout() what you set, and end or destroy what you opened.',
      ja: '設定したタイマーは clearTimeout() し、開いたものは end か destroy します。',
    },
  ],
} satisfies Hints
