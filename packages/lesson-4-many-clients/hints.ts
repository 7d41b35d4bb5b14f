import type { Hints } from '@socket-dojo/testkit/lesson'

export default {
  'registry-listens': [
    {
      en: 'When does your promise resolve: when you ask to listen, or when it is true?',
      ja: 'Promise が解決するのは、待ち受けを頼んだときですか、実際に始まったときですか。',
    },
    {
      en: "A server tells by an event how listening went: 'listening' or 'error'.",
      ja: "待ち受けの結果はイベントで届きます。'listening' か 'error' です。",
    },
    {
      en: "`await once(server, 'listening')` after listen(): once() rejects where 'error' comes first.",
      ja: "listen() のあとに `await once(server, 'listening')` と書きます。先に 'error' が来れば once() は拒否します。",
    },
  ],
  'registry-who': [
    {
      en: 'Which object knows both ends of a connection: the server, or the socket that it gave you?',
      ja: '接続の両端を知っているのは、サーバーですか、渡されたソケットですか。',
    },
    {
      en: 'A socket has localAddress, localPort, remoteAddress and remotePort.',
      ja: 'ソケットには localAddress、localPort、remoteAddress、remotePort があります。',
    },
    {
      en: 'Build the line from the socket of this callback, and from no variable outside of it.',
      ja: 'このコールバックのソケットだけから行を作ります。外側の変数は使いません。',
    },
  ],
  'registry-count': [
    {
      en: 'Two connections come from the same address. What tells them apart?',
      ja: '同じアドレスから 2 つの接続が来ます。何で区別しますか。',
    },
    {
      en: 'The number of sessions is the size of your collection: what is its key?',
      ja: 'セッション数はコレクションの大きさです。そのキーは何ですか。',
    },
    {
      en: 'The kernel has a socket for each connection, so the socket itself can be the key of a Map.',
      ja: 'カーネルは接続ごとにソケットを 1 つ持ちます。ですから、ソケット自身を Map のキーにできます。',
    },
  ],
  'registry-commands': [
    {
      en: "Three commands arrive in one 'data' event. How many answers do you send?",
      ja: "1 回の 'data' イベントで 3 つのコマンドが届きます。いくつ返事をしますか。",
    },
    {
      en: 'Go through the piece byte by byte; do nothing for a byte that is no command.',
      ja: '届いたものを 1 バイトずつ調べ、コマンドでないバイトには何もしません。',
    },
    {
      en: '`for (const byte of piece) { if (byte === 0x57) … }`: a Buffer can be walked through like an array.',
      ja: '`for (const byte of piece) { if (byte === 0x57) … }` のように、Buffer は配列と同じように 1 つずつ取り出せます。',
    },
  ],
  'registry-sessions': [
    {
      en: 'What do you keep of a connection, and in which form does sessions() want it?',
      ja: '接続の何を保存し、sessions() はどんな形を求めていますか。',
    },
    {
      en: 'Write both ends once, when the connection comes; W and sessions() can use the same.',
      ja: '接続が来たときに両端を 1 度だけ書いておけば、W も sessions() もそれを使えます。',
    },
    {
      en: '`sessions: () => [...map.values()]`, where each value is { local, remote }.',
      ja: '`sessions: () => [...map.values()]` とし、値を { local, remote } にします。',
    },
  ],
  'registry-wildcard': [
    {
      en: 'Your server listens on every address. On which of them has this client arrived?',
      ja: 'サーバーはすべてのアドレスで待ち受けています。このクライアントはどれに届きましたか。',
    },
    {
      en: 'Take the local address of the accepted socket. On "::" an IPv4 address comes as ::ffff:127.0.0.1.',
      ja: '受け入れたソケットのローカルアドレスを使います。"::" では IPv4 アドレスが ::ffff:127.0.0.1 の形で届きます。',
    },
    {
      en: 'Remove ::ffff: in front of an address with dots; put brackets around what still has a colon.',
      ja: 'ドットを含むアドレスの前の ::ffff: を取り除き、まだコロンがあるものは角括弧で囲みます。',
    },
  ],
  'registry-program': [
    {
      en: 'Does the file start something when Node runs it directly?',
      ja: 'Node で直接実行したとき、このファイルは何かを起動しますか。',
    },
    {
      en: 'The last lines of the starter do that; `import.meta.main` is true then.',
      ja: 'スターターの最後の数行がそれです。そのとき `import.meta.main` は true です。',
    },
    {
      en: 'Put these lines back as they were: they need only startRegistry().',
      ja: 'その数行を元どおりに戻します。必要なのは startRegistry() だけです。',
    },
  ],
  'registry-leave': [
    {
      en: 'B leaves, between A and C. Which session do you remove?',
      ja: 'A と C の間の B が去りました。どのセッションを消しますか。',
    },
    {
      en: 'A socket tells its end by events. Which of them comes exactly once, however it ends?',
      ja: 'ソケットの終わりはイベントで届きます。どんな終わり方でもちょうど 1 回だけ届くのはどれですか。',
    },
    {
      en: "`socket.on('close', () => sessions.delete(socket))`: 'close' comes once and last, and delete() twice does no harm.",
      ja: "`socket.on('close', () => sessions.delete(socket))` とします。'close' は最後に 1 回だけ届き、delete() は 2 回呼んでも害がありません。",
    },
  ],
  'registry-half-close': [
    {
      en: 'The end of the stream comes right behind the questions. Are the answers sent by then?',
      ja: '質問のすぐあとにストリームの終わりが届きます。そのとき返事は送り終えていますか。',
    },
    {
      en: "Without allowHalfOpen, Node ends your side as soon as 'end' comes. What you write later is lost.",
      ja: "allowHalfOpen がなければ、'end' が届くと Node がこちら側も終えます。そのあとに書いたものは失われます。",
    },
    {
      en: "Write the answers in the 'data' event itself, or set allowHalfOpen and call end() after the last answer.",
      ja: "'data' イベントの中で返事を書くか、allowHalfOpen を指定して最後の返事のあとに end() を呼びます。",
    },
  ],
  'registry-bye': [
    {
      en: 'After X: what does the client still get, and who still counts it?',
      ja: 'X のあと、クライアントに何が届き、誰がまだそれを数えていますか。',
    },
    {
      en: 'Three things happen at X: the session is removed, bye is sent, and your side ends. Then nothing more is read as a command.',
      ja: 'X で 3 つのことが起きます。セッションを消し、bye を送り、自分の側を終えます。そのあとは何もコマンドとして扱いません。',
    },
    {
      en: "`sessions.delete(socket); socket.end('bye\\n')`, and leave the loop over the bytes.",
      ja: "`sessions.delete(socket); socket.end('bye\\n')` とし、バイトのループを抜けます。",
    },
  ],
  'registry-reset': [
    {
      en: "A client that is killed sends no goodbye. Which event do you get instead of 'end'?",
      ja: "強制終了されたクライアントは別れを告げません。'end' の代わりにどのイベントが届きますか。",
    },
    {
      en: "A reset is an 'error' event: nobody listens, and the process ends; then comes 'close'.",
      ja: "リセットは 'error' イベントです。誰も処理しなければプロセスが終わります。そのあとに 'close' が届きます。",
    },
    {
      en: "Listen to 'error' with a function that does nothing, and remove the session on 'close'.",
      ja: "'error' を何もしない関数で処理し、セッションは 'close' で消します。",
    },
  ],
  'registry-tuple': [
    {
      en: 'Two connections come from the same client address and port. In what do they differ?',
      ja: '2 つの接続が同じクライアントのアドレスとポートから来ます。どこが違いますか。',
    },
    {
      en: 'Only the local address differs: 127.0.0.1 and 127.0.0.2. Is it part of your key?',
      ja: '違うのはローカルアドレスだけです（127.0.0.1 と 127.0.0.2）。キーに含まれていますか。',
    },
    {
      en: 'Put all four into the key, or use the socket itself.',
      ja: '4 つすべてをキーに入れるか、ソケット自身をキーにします。',
    },
  ],
  'registry-reuse': [
    {
      en: "The old socket's 'close' may come after the new connection. What does it remove then?",
      ja: "古いソケットの 'close' は、新しい接続のあとに届くことがあります。そのとき何を消しますか。",
    },
    {
      en: 'Old and new have the same 4-tuple. The socket objects are different.',
      ja: '古い接続と新しい接続の 4 つ組は同じです。ソケットのオブジェクトは違います。',
    },
    {
      en: 'Before you delete, see whether the entry still is that of this socket; or use the socket as the key.',
      ja: '消す前に、その項目がまだこのソケットのものか確かめます。または、ソケットをキーにします。',
    },
  ],
  'registry-silent': [
    {
      en: 'A client is connected and says nothing. Does anything wait for it?',
      ja: 'クライアントが接続したまま黙っています。何かがそれを待っていませんか。',
    },
    {
      en: 'A session begins with the connection. Its commands come later, or never.',
      ja: 'セッションは接続で始まります。コマンドはあとで来るか、ずっと来ません。',
    },
    {
      en: "Enter the session in the 'connection' event, and answer each socket in its own 'data' event.",
      ja: "セッションは 'connection' イベントで登録し、返事は各ソケットの 'data' イベントで行います。",
    },
  ],
  'registry-thread': [
    {
      en: 'What do you start for each client: a process, a worker, or nothing?',
      ja: 'クライアントごとに何を起動していますか。プロセス、ワーカー、それとも何もしていませんか。',
    },
    {
      en: 'Node waits for all sockets in one thread, and calls you when one of them has something.',
      ja: 'Node は 1 つのスレッドですべてのソケットを待ち、何か届いたものについてあなたの関数を呼びます。',
    },
    {
      en: 'A Map and event listeners are all that a client needs.',
      ja: 'クライアントに必要なのは、Map とイベントリスナーだけです。',
    },
  ],
  'registry-deaf': [
    {
      en: 'One client reads nothing. Where do its answers wait, and who waits with them?',
      ja: '1 つのクライアントが何も読みません。返事はどこで待ち、誰が一緒に待っていますか。',
    },
    {
      en: "Waiting for 'drain' is right for the client that does not read, and for no other.",
      ja: "'drain' を待つのは、読まないクライアントについてだけ正しいことです。",
    },
    {
      en: "Where write() returns false: `socket.pause(); socket.once('drain', () => socket.resume())`, for this socket alone.",
      ja: "write() が false を返したら、そのソケットだけ `socket.pause(); socket.once('drain', () => socket.resume())` とします。",
    },
  ],
  'registry-crowd': [
    {
      en: 'Is there a number in your program that limits the clients?',
      ja: 'プログラムの中に、クライアント数を制限する数はありませんか。',
    },
    {
      en: 'The last one speaks first: nothing may be served in the order of arrival.',
      ja: '最後に来たものが最初に話します。到着順に処理してはいけません。',
    },
    {
      en: 'Look at maxConnections, at arrays of a fixed length, and at an await in the connection callback.',
      ja: 'maxConnections、長さの決まった配列、接続コールバックの中の await を見てください。',
    },
  ],
  'registry-churn': [
    {
      en: 'Clients come while others go. Can a new one get the place of one that is still there?',
      ja: 'ほかが去る間に新しいクライアントが来ます。まだいるものの場所を、新しいものが取ることはありませんか。',
    },
    {
      en: 'A number that is used as a key must never be used again while its owner is there.',
      ja: 'キーに使う番号は、持ち主がいる間に再び使ってはいけません。',
    },
    {
      en: 'Keep one collection, take the count from its size, and remove by the socket.',
      ja: 'コレクションは 1 つにし、数はその大きさから取り、ソケットを指定して消します。',
    },
  ],
  'registry-sockets': [
    {
      en: 'The session is forgotten. Is its socket closed?',
      ja: 'セッションは忘れました。ソケットは閉じましたか。',
    },
    {
      en: 'A socket closes by itself when both directions have ended; its end is only seen by who reads.',
      ja: '両方向が終わればソケットは自動で閉じます。ただし、相手の終わりは読み続けなければ見えません。',
    },
    {
      en: 'After end(), go on reading (resume()), or call destroySoon().',
      ja: 'end() のあとも読み続ける（resume()）か、destroySoon() を呼びます。',
    },
  ],
  'registry-close': [
    {
      en: "When does the server's 'close' event come?",
      ja: "サーバーの 'close' イベントはいつ届きますか。",
    },
    {
      en: 'Only when every connection has ended. Nobody else will end them.',
      ja: 'すべての接続が終わってからです。ほかに終わらせるものはありません。',
    },
    {
      en: '`server.close(); for (const socket of [...open]) socket.destroy()`: a copy, since the list changes meanwhile.',
      ja: '`server.close(); for (const socket of [...open]) socket.destroy()` とします。途中で一覧が変わるので、コピーを使います。',
    },
  ],
  'table-rows': [
    {
      en: 'How many lines has /proc/net/tcp, and which of them are sockets?',
      ja: '/proc/net/tcp は何行で、そのうちソケットはどれですか。',
    },
    {
      en: 'Leave out the headings; trim a line before you split it at blanks.',
      ja: '見出しを除き、行の前後の空白を取ってから空白で分けます。',
    },
    {
      en: '`line.trim().split(/\\s+/)`: column 0 is the number of the line, 1 local, 2 remote, 3 state, 4 queues, 9 inode.',
      ja: '`line.trim().split(/\\s+/)` で、0 が行番号、1 が local、2 が remote、3 が状態、4 がキュー、9 が inode です。',
    },
  ],
  'table-addresses': [
    {
      en: '0100007F is 127.0.0.1. In which order are its bytes?',
      ja: '0100007F は 127.0.0.1 です。バイトはどの順に並んでいますか。',
    },
    {
      en: 'Two digits are a byte, and the last one comes first. The port is an ordinary hexadecimal number.',
      ja: '2 桁で 1 バイトで、最後のものが先頭になります。ポートはふつうの 16 進数です。',
    },
    {
      en: "`Buffer.from('0100007F', 'hex').reverse()` has the bytes 127, 0, 0, 1.",
      ja: "`Buffer.from('0100007F', 'hex').reverse()` のバイトは 127、0、0、1 です。",
    },
  ],
  'table-ipv6': [
    {
      en: 'Where do IPv6 sockets stand? And where is the 1 of ::1 in its 32 digits?',
      ja: 'IPv6 のソケットはどこにありますか。::1 の 1 は 32 桁のどこにありますか。',
    },
    {
      en: 'Four times eight digits: each eight are one number, turned around by itself.',
      ja: '8 桁が 4 つです。8 桁ごとに 1 つの数で、それぞれを別々に逆順にします。',
    },
    {
      en: "`Buffer.from(address, 'hex').swap32()`, and then eight groups of two bytes each.",
      ja: "`Buffer.from(address, 'hex').swap32()` のあと、2 バイトずつ 8 つのグループにします。",
    },
  ],
  'table-states': [
    {
      en: '0A is LISTEN. Which number is that in decimal?',
      ja: '0A は LISTEN です。10 進数ではいくつですか。',
    },
    {
      en: 'Read the column as hexadecimal; the first name has the number 1, not 0.',
      ja: 'この列は 16 進数として読みます。最初の名前の番号は 0 ではなく 1 です。',
    },
    {
      en: '`names[Number.parseInt(state, 16) - 1]`, with the names in the order of the starter.',
      ja: '名前をスターターの順に並べ、`names[Number.parseInt(state, 16) - 1]` とします。',
    },
  ],
  'table-udp': [
    {
      en: 'Which of the four files do you read?',
      ja: '4 つのファイルのうち、どれを読んでいますか。',
    },
    {
      en: 'net/udp has the same columns as net/tcp.',
      ja: 'net/udp の列は net/tcp と同じです。',
    },
    {
      en: "Loop over ['tcp', 'tcp6', 'udp', 'udp6'], and keep the name as proto.",
      ja: "['tcp', 'tcp6', 'udp', 'udp6'] を順に読み、その名前を proto にします。",
    },
  ],
  'table-queues': [
    {
      en: 'The headings say tx_queue rx_queue. Which comes first?',
      ja: '見出しは tx_queue rx_queue です。どちらが先ですか。',
    },
    {
      en: 'Both are hexadecimal, with a colon between them.',
      ja: 'どちらも 16 進数で、間にコロンがあります。',
    },
    {
      en: "`const [txq, rxq] = column.split(':')`, and parseInt(…, 16) of each.",
      ja: "`const [txq, rxq] = column.split(':')` とし、それぞれを parseInt(…, 16) で読みます。",
    },
  ],
  'table-holders': [
    {
      en: 'What stands both in /proc/net/tcp and in /proc/<pid>/fd?',
      ja: '/proc/net/tcp と /proc/<pid>/fd の両方にあるものは何ですか。',
    },
    {
      en: 'The inode: readlink of a file descriptor of a socket gives socket:[5002]. Only folders whose name is a number are processes.',
      ja: 'inode です。ソケットのファイルディスクリプタを readlink すると socket:[5002] になります。プロセスは、名前が数字のフォルダーだけです。',
    },
    {
      en: 'Collect { inode, pid, fd } of all processes first; then find them for each row by equal numbers.',
      ja: '先にすべてのプロセスの { inode, pid, fd } を集め、各行について同じ番号のものを探します。',
    },
  ],
  'table-shared': [
    {
      en: 'Two processes hold one inode. What becomes of the first when the second comes?',
      ja: '2 つのプロセスが 1 つの inode を持っています。2 つ目が来たとき、1 つ目はどうなりますか。',
    },
    {
      en: 'A Map keeps one value for a key: make that value a list.',
      ja: 'Map はキーごとに値を 1 つ持ちます。その値をリストにします。',
    },
    {
      en: '`Map.groupBy(holders, ({ inode }) => inode)`, and flatMap over the rows.',
      ja: '`Map.groupBy(holders, ({ inode }) => inode)` とし、行を flatMap します。',
    },
  ],
  'table-nobody': [
    {
      en: 'The inode is 0. Whose socket is that?',
      ja: 'inode が 0 です。それは誰のソケットですか。',
    },
    {
      en: 'Nobody’s: the process has closed it, and the kernel waits alone. The row stays, without pid and fd.',
      ja: '誰のものでもありません。プロセスは閉じ終え、カーネルだけが待っています。行は残し、pid と fd は入れません。',
    },
    {
      en: 'Use nothing but the inode to find a holder; where none is found, both are undefined.',
      ja: '持ち主を探すのに使うのは inode だけです。見つからなければ、どちらも undefined です。',
    },
  ],
  'table-gone': [
    {
      en: 'What does readdirSync do with a folder that has just gone, or is not yours?',
      ja: '消えたばかりのフォルダーや他人のフォルダーに対して、readdirSync は何をしますか。',
    },
    {
      en: 'It throws. One process that you cannot read must not end the whole table.',
      ja: '例外を投げます。読めないプロセスが 1 つあっても、表全体をやめてはいけません。',
    },
    {
      en: 'A try and catch around each read: of a folder, of a link, and of a file that may not be there.',
      ja: 'フォルダー、リンク、ないかもしれないファイルの読み取りを、それぞれ try と catch で囲みます。',
    },
  ],
  'table-kernel': [
    {
      en: 'Which moment does your table show?',
      ja: 'この表は、いつの時点を示していますか。',
    },
    {
      en: 'Each call reads the files again: sockets come and go.',
      ja: 'ソケットは現れては消えるので、呼ばれるたびにファイルを読み直します。',
    },
    {
      en: 'Keep nothing outside of the function, and compare with `ss -tanp` at the same moment.',
      ja: '関数の外には何も残さず、同じときの `ss -tanp` と比べます。',
    },
  ],
  'table-family': [
    {
      en: 'A child has inherited a socket from its parent. Who holds it?',
      ja: '子プロセスが親のソケットを引き継ぎました。持ち主は誰ですか。',
    },
    {
      en: 'Both, each by a file descriptor of its own: the numbers may differ.',
      ja: '両方です。それぞれ自分のファイルディスクリプタで持ち、番号は違うことがあります。',
    },
    {
      en: 'Compare your rows with `ls -l /proc/<pid>/fd` of parent and child.',
      ja: '行を、親と子それぞれの `ls -l /proc/<pid>/fd` と比べます。',
    },
  ],
} satisfies Hints
