import type { Hints } from '@socket-dojo/testkit/lesson'

export default {
  'hello-listens': [
    {
      en: 'On which addresses does your server listen when listen() gets only a port?',
      ja: 'listen() にポートだけを渡すと、サーバーはどのアドレスで待ち受けますか。',
    },
    {
      en: 'listen() takes an address too, and works later: only then does server.address() know the real port.',
      ja: 'listen() にはアドレスも渡せます。待ち受けはあとで始まり、それまで server.address() に本当のポートは入りません。',
    },
    {
      en: 'Give listen() 127.0.0.1 behind the port, and print the line in its callback, from what server.address() returns there.',
      ja: 'listen() のポートの次に 127.0.0.1 を渡します。行はコールバックの中で、server.address() の値から作って表示します。',
    },
  ],
  'hello-greets': [
    {
      en: 'Who speaks first in your program, and how does the client learn that nothing more comes?',
      ja: 'プログラムでは、どちらが先に話しますか。これで全部だと、クライアントはどうやって知りますか。',
    },
    {
      en: 'write() sends bytes, end() ends your side of the stream behind them, and destroy() throws away what is still on its way.',
      ja: 'write() はバイトを送り、end() はそのあとで自分の側のストリームを終えます。destroy() は送信途中のものを捨てます。',
    },
    {
      en: 'Hand the 12 bytes to end() itself, as soon as the client is there: no newline, and no waiting for data.',
      ja: 'クライアントが来たらすぐ、12 バイトを end() に渡します。改行は付けず、データの到着も待ちません。',
    },
  ],
  'hello-prints': [
    {
      en: 'A connection has two ends. Which of them do you print, and at which moment?',
      ja: '接続には両端があります。表示しているのはどちらで、いつ表示していますか。',
    },
    {
      en: 'A socket has remoteAddress and remotePort; once it is closed, both can be undefined.',
      ja: 'ソケットには remoteAddress と remotePort があります。閉じたあとは、どちらも undefined になることがあります。',
    },
    {
      en: 'Print the two, with a colon between them, as the first thing in the callback of createServer().',
      ja: 'createServer() のコールバックの最初で、この 2 つをコロンでつないで表示します。',
    },
  ],
  'hello-ends': [
    {
      en: 'The last client has gone. What does your process still wait for?',
      ja: '最後のクライアントが去りました。プロセスはまだ何を待っていますか。',
    },
    {
      en: 'A listening socket keeps the process running until server.close(). A connection does so until both sides have ended, and the end of the other side is only seen by who reads.',
      ja: '待ち受けソケットは、server.close() までプロセスを終わらせません。接続は両側が終わるまで残り、相手の終わりは読まなければ見えません。',
    },
    {
      en: "Count in each socket's 'close' event, and close the server at the last one. Read what clients send, with resume() for example, and set no timer.",
      ja: "各ソケットの 'close' イベントで数え、最後の 1 つでサーバーを閉じます。届くデータは resume() などで読み捨て、タイマーは使いません。",
    },
  ],
  'hello-again': [
    {
      en: 'On which port does the second run listen: on the one of its argument?',
      ja: '2 回目の起動では、どのポートで待ち受けますか。引数のポートですか。',
    },
    {
      en: 'TIME_WAIT does not stop listen() in Node, which sets SO_REUSEADDR. EADDRINUSE means that somebody still listens there.',
      ja: 'Node は SO_REUSEADDR を設定するので、TIME_WAIT は listen() の妨げになりません。EADDRINUSE は、まだ誰かがそこで待ち受けているということです。',
    },
    {
      en: 'Give the port of process.argv to listen() as a number, as it is: no test whether it is free, and no other port instead.',
      ja: 'process.argv のポートを数値にして、そのまま listen() に渡します。空きの確認も、別のポートへの変更もしません。',
    },
  ],
  'hello-idle': [
    {
      en: 'A stays connected. When does B get its greeting?',
      ja: 'A が接続したままです。B はいつ挨拶を受け取りますか。',
    },
    {
      en: 'The callback of createServer() runs for each connection, at once. Nothing in it has to wait for another socket.',
      ja: 'createServer() のコールバックは、接続のたびにすぐ呼ばれます。その中でほかのソケットを待つ必要はありません。',
    },
    {
      en: 'Remove the queue, the maxConnections or the await that makes B wait, and greet in the callback itself.',
      ja: 'B を待たせているキュー、maxConnections、await などを取り除き、コールバックの中で直接挨拶します。',
    },
  ],
  'hello-reset': [
    {
      en: 'A client resets before it is greeted. Which events does its socket have, and at which do you count?',
      ja: '挨拶の前にクライアントがリセットします。ソケットにはどのイベントが届き、あなたはどれで数えていますか。',
    },
    {
      en: "A reset is an 'error' event, which ends the process where nobody listens; then comes 'close', whose argument tells whether there was an error.",
      ja: "リセットは 'error' イベントで、誰も処理しなければプロセスが終わります。続いて 'close' が届き、その引数がエラーの有無を示します。",
    },
    {
      en: "Listen to 'error' of every socket with a function that does nothing, and count in 'close' only where its argument is false.",
      ja: "どのソケットでも 'error' を何もしない関数で処理し、'close' の引数が false のときだけ数えます。",
    },
  ],
  'client-prints': [
    {
      en: 'The words arrive in several pieces. What does your program do with the second one?',
      ja: 'データはいくつかに分かれて届きます。2 回目に届いた分をどうしますか。',
    },
    {
      en: "Each 'data' event has a Buffer that may end in the middle of a character. process.stdout takes a Buffer as it is; console.log() adds a newline.",
      ja: "'data' イベントの Buffer は、文字の途中で終わることがあります。process.stdout は Buffer をそのまま受け取ります。console.log() は改行を加えます。",
    },
    {
      en: 'Connect to the host and port of the arguments, and pipe the socket into the standard output. No toString(), no process.exit() and no timer: the program ends with the connection.',
      ja: '引数のホストとポートに接続し、ソケットを標準出力にパイプします。toString() も process.exit() もタイマーも不要です。接続が終わればプログラムも終わります。',
    },
  ],
  'client-refused': [
    {
      en: 'Nobody listens there. Which event does your socket have, and who listens to it?',
      ja: '誰も待ち受けていません。ソケットにはどのイベントが届き、誰が処理しますか。',
    },
    {
      en: "ECONNREFUSED is an 'error' event of the socket. console.error() writes to standard error, and process.exitCode is the status to end with.",
      ja: "ECONNREFUSED はソケットの 'error' イベントです。console.error() は標準エラー出力に書き、process.exitCode は終了ステータスになります。",
    },
    {
      en: "In an 'error' listener print the message of the error on standard error, and set the exit code to 1. Connect only once.",
      ja: "'error' のリスナーで、エラーの message を標準エラー出力に書き、終了ステータスを 1 にします。接続は 1 回しか試みません。",
    },
  ],
  'client-reset': [
    {
      en: 'The server is cut off in the middle of a word. Which event does your socket have then?',
      ja: 'サーバーとの接続が、話の途中で切れます。そのときソケットにはどのイベントが届きますか。',
    },
    {
      en: "ECONNRESET is an 'error' event like ECONNREFUSED; there is no 'end' before it.",
      ja: "ECONNRESET も ECONNREFUSED と同じ 'error' イベントです。その前に 'end' は来ません。",
    },
    {
      en: "Let the 'error' listener of the socket stay for its whole life, and do the same for each error: its message on standard error, and the exit code 1.",
      ja: "ソケットの 'error' リスナーを最後まで外さず、どのエラーでも同じことをします。message を標準エラー出力に書き、終了ステータスを 1 にします。",
    },
  ],
  'echo-listens': [
    {
      en: 'What does server.address() return right after listen(), and what a moment later?',
      ja: 'server.address() は、listen() の直後に何を返しますか。少しあとではどうですか。',
    },
    {
      en: "The port is known from the 'listening' event on. Without a host, listen() takes every address of the machine.",
      ja: "ポートがわかるのは 'listening' イベントからです。ホストを渡さないと、listen() はマシンのすべてのアドレスで待ち受けます。",
    },
    {
      en: "Give listen() both host and port, wait for 'listening' (with once() of node:events, for example), and only then ask for the address and return the object.",
      ja: "listen() に host と port の両方を渡し、node:events の once() などで 'listening' を待ちます。アドレスを調べ、オブジェクトを返すのはそのあとです。",
    },
  ],
  'echo-all': [
    {
      en: 'The client sends "one", waits for it, and then sends "two". What does your server do at each moment?',
      ja: 'クライアントは "one" を送り、それが返ってから "two" を送ります。それぞれのとき、サーバーは何をしますか。',
    },
    {
      en: "'data' comes as often as something arrives. Write each piece at once; the connection is over when the client ends it, not before.",
      ja: "'data' は何かが届くたびに来ます。届いたものはすぐに書きます。接続が終わるのはクライアントが終えたときで、その前ではありません。",
    },
    {
      en: "Use on('data'), not once('data'), write only the piece of this event, and wait for no newline and no end. Or let pipe() lead the socket back into itself.",
      ja: "once('data') ではなく on('data') を使い、そのイベントで届いた分だけを書きます。改行も終わりも待ちません。pipe() でソケットを自分自身につなぐ方法もあります。",
    },
  ],
  'echo-binary': [
    {
      en: 'Of which type is the thing that you write back: Buffer or string?',
      ja: '書き戻しているものの型は何ですか。Buffer ですか、文字列ですか。',
    },
    {
      en: 'Sockets carry Buffers. toString() and setEncoding() replace every byte that is not UTF-8.',
      ja: 'ソケットが運ぶのは Buffer です。toString() や setEncoding() は、UTF-8 でないバイトを別の文字に置き換えます。',
    },
    {
      en: 'Remove toString(), setEncoding() and template strings, and write the very Buffer that came.',
      ja: 'toString()、setEncoding()、テンプレート文字列を取り除き、届いた Buffer をそのまま書きます。',
    },
  ],
  'echo-pieces': [
    {
      en: 'What does your server do with a piece of one byte, and with one that is only a newline?',
      ja: '1 バイトだけ届いたとき、また改行だけ届いたとき、サーバーは何をしますか。',
    },
    {
      en: 'TCP knows no messages: any byte can be the first or the last of a piece.',
      ja: 'TCP にメッセージの区切りはありません。どのバイトも、届いた分の最初や最後になりえます。',
    },
    {
      en: 'Remove trim(), split() and every condition on the length: each piece goes back as it is, when it comes.',
      ja: 'trim()、split()、長さの条件をすべて取り除きます。届いた分は、届いたときにそのまま返します。',
    },
  ],
  'echo-half-close': [
    {
      en: 'The client has finished sending. Who ends your side of the connection, and when?',
      ja: 'クライアントが送信を終えました。接続の自分の側を終えるのは誰で、それはいつですか。',
    },
    {
      en: "By default Node ends your side when the client's end comes. allowHalfOpen, an option of createServer(), leaves that to you.",
      ja: '既定では、クライアントの終わりが届くと Node がこちら側も終えます。createServer() の allowHalfOpen を指定すると、それはあなたの仕事になります。',
    },
    {
      en: "Set allowHalfOpen, and at 'end' call end() without further words, never destroy(). pipe() calls end() for you, after the last byte.",
      ja: "allowHalfOpen を指定し、'end' で何も付け足さずに end() を呼びます。destroy() は使いません。pipe() なら、最後のバイトのあとに自動で end() を呼びます。",
    },
  ],
  'echo-large': [
    {
      en: 'write() returns false. Has it taken the piece, or not? And what becomes of it when you close?',
      ja: 'write() が false を返しました。渡した分は受け取られましたか。閉じるとき、それはどうなりますか。',
    },
    {
      en: "It has, and keeps it in memory: false asks you to wait for 'drain' before the next. end() sends what is kept, destroy() drops it.",
      ja: "受け取られ、メモリに残っています。false は、次の前に 'drain' を待ってほしいという意味です。end() は残りを送り、destroy() は捨てます。",
    },
    {
      en: "Where write() returns false, pause this socket and resume it at 'drain'; drop no piece, and finish with end(). pipe() does all of this.",
      ja: "write() が false を返したらそのソケットを pause し、'drain' で resume します。届いた分は捨てず、最後は end() です。pipe() はこれをすべて行います。",
    },
  ],
  'echo-reset': [
    {
      en: 'A client resets its connection. What does your program print, and does it still run?',
      ja: 'クライアントが接続をリセットします。プログラムは何を表示し、まだ動いていますか。',
    },
    {
      en: "The reset is an 'error' event of that one socket, not of the server. Without a listener it ends the process.",
      ja: "リセットはサーバーではなく、そのソケット 1 つの 'error' イベントです。リスナーがなければプロセスが終わります。",
    },
    {
      en: "Give each socket an 'error' listener that does nothing, in the callback of createServer(). Leave the server and the other sockets alone: 'close' follows by itself.",
      ja: "createServer() のコールバックで、各ソケットに何もしない 'error' リスナーを付けます。サーバーやほかのソケットには触れません。'close' は自動で続きます。",
    },
  ],
  'echo-idle': [
    {
      en: 'A and B are connected, and C speaks. Who gets the answer, and who is waited for?',
      ja: 'A と B が接続中で、C が話します。返事は誰に届き、誰を待っていますか。',
    },
    {
      en: 'Each call of the connection callback has a socket of its own. A variable outside of the callback belongs to all of them.',
      ja: '接続コールバックは、呼ばれるたびに別のソケットを受け取ります。コールバックの外の変数は、すべての接続で共有されます。',
    },
    {
      en: 'Write to the socket whose event it is. Move variables into the callback, and remove every loop over clients and every queue.',
      ja: 'イベントが起きたソケットに書きます。変数はコールバックの中に移し、全クライアントへのループやキューは取り除きます。',
    },
  ],
  'echo-connections': [
    {
      en: 'One client says goodbye, another resets. Does your number go down both times?',
      ja: '1 つは正常に終え、もう 1 つはリセットします。どちらでも数は減りますか。',
    },
    {
      en: "After a reset there is no 'end'. 'close' comes exactly once, however a connection ends.",
      ja: "リセットのあとに 'end' は来ません。'close' は、どんな終わり方でもちょうど 1 回だけ届きます。",
    },
    {
      en: "Put each socket into a Set when it comes, take it out at its 'close', and return the size of the Set at the moment of the call.",
      ja: "ソケットが来たら Set に入れ、その 'close' で取り出します。connections() は、呼ばれたときの Set の大きさを返します。",
    },
  ],
  'echo-sockets': [
    {
      en: 'All clients have gone. Which lines does `ss -tan` still show for your port?',
      ja: 'クライアントは全員去りました。`ss -tan` は、そのポートについてまだ何を表示しますか。',
    },
    {
      en: 'CLOSE_WAIT: the client has ended, and your side has not. A second LISTEN: your program listens twice.',
      ja: 'CLOSE_WAIT なら、クライアントは終えたのに自分の側が終えていません。LISTEN が 2 つあれば、2 か所で待ち受けています。',
    },
    {
      en: 'Call listen() once, for one address only. End your side of each connection when the client has ended his, and go on reading until then.',
      ja: 'listen() は 1 つのアドレスについて 1 回だけ呼びます。各接続は最後まで読み続け、クライアントが終えたら自分の側も終えます。',
    },
  ],
  'echo-hosts': [
    {
      en: 'Is there an address in startEcho() that you have written yourself?',
      ja: 'startEcho() の中に、自分で書いたアドレスはありませんか。',
    },
    {
      en: 'The caller chooses the address. listen() takes an IPv6 address such as ::1 just like an IPv4 address.',
      ja: 'アドレスを決めるのは呼び出し側です。listen() には、::1 のような IPv6 アドレスも IPv4 と同じように渡せます。',
    },
    {
      en: 'Replace the fixed address by host in listen(), and return what server.address() says.',
      ja: 'listen() の固定アドレスを host に置き換え、server.address() の値を返します。',
    },
  ],
  'echo-backlog': [
    {
      en: 'startEcho() gets three values. How many of them does listen() get?',
      ja: 'startEcho() には 3 つの値が渡されます。そのうちいくつが listen() に届いていますか。',
    },
    {
      en: 'The queue of connections that are not accepted yet is kept by the kernel: its length is an option of listen(), called backlog.',
      ja: 'accept() を待つ接続の待ち行列は、カーネルが持ちます。その長さは listen() の backlog オプションで指定します。',
    },
    {
      en: "Give listen() one object with all three. An undefined backlog is fine: then Node's default holds. Count nothing yourself.",
      ja: 'listen() に 3 つすべてを入れたオブジェクトを渡します。backlog は undefined でもかまいません（Node の既定値になります）。自分で数える必要はありません。',
    },
  ],
  'echo-in-use': [
    {
      en: 'The port is taken. What does the caller of startEcho() learn of it?',
      ja: 'ポートが使用中です。startEcho() の呼び出し側には、それがどう伝わりますか。',
    },
    {
      en: "listen() does not throw this: the server has an 'error' event instead of 'listening'. A try and catch around listen() sees nothing.",
      ja: "listen() はこのエラーを投げません。サーバーに 'listening' の代わりに 'error' イベントが届きます。listen() を try と catch で囲んでも捕まえられません。",
    },
    {
      en: "Wait for whichever comes first: resolve at 'listening', reject with the very error at 'error'. once() of node:events does both. Try no other port.",
      ja: "先に届いたほうで決めます。'listening' なら解決し、'error' ならそのエラーで拒否します。node:events の once() は両方を行います。別のポートは試しません。",
    },
  ],
  'echo-close': [
    {
      en: 'Two clients stay connected. What does server.close() do with them?',
      ja: '2 つのクライアントが接続したままです。server.close() はその接続をどうしますか。',
    },
    {
      en: 'Nothing: it waits for them. After end() you still wait for the end of the client; destroy() waits for nobody.',
      ja: '何もせず、終わるのを待ちます。end() のあとも相手の終わりを待つことになりますが、destroy() は誰も待ちません。',
    },
    {
      en: "Stop listening, destroy every socket that is still open, and then wait for the server's 'close' event. Clear every timer.",
      ja: "待ち受けをやめ、まだ開いているソケットをすべて destroy し、それからサーバーの 'close' イベントを待ちます。タイマーもすべて解除します。",
    },
  ],
  'exchange-sends': [
    {
      en: 'How does the server learn that the question is complete? And what makes your promise resolve?',
      ja: '質問がこれで全部だと、サーバーはどうやって知りますか。Promise は何によって解決しますか。',
    },
    {
      en: 'end() ends only your direction: the answer still comes in. write() alone never says that this was all.',
      ja: 'end() が終えるのは自分の向きだけで、返事はそのあとも届きます。write() だけでは、これで全部だと伝わりません。',
    },
    {
      en: 'Connect to the given host and port, hand the Buffer of payload to end() unchanged, and resolve with a Buffer once the server has closed the connection.',
      ja: '渡された host と port に接続し、payload の Buffer をそのまま end() に渡します。サーバーが接続を閉じたら、Buffer で解決します。',
    },
  ],
  'exchange-pieces': [
    {
      en: 'At which event does your promise resolve, and what can still come after it?',
      ja: 'Promise はどのイベントで解決しますか。そのあとに、まだ届くものはありませんか。',
    },
    {
      en: "No 'data' event tells whether it is the last, and no pause does. Only the end of the stream does.",
      ja: "それが最後かどうかは、'data' イベントからも、途切れた時間からもわかりません。わかるのはストリームの終わりだけです。",
    },
    {
      en: 'Collect every piece in an array until the stream has ended, then join them. `for await` over the socket stops by itself at the end. Remove the timer.',
      ja: 'ストリームが終わるまで届いた分をすべて配列にため、最後に結合します。ソケットに対する `for await` は、終わりで自然に止まります。タイマーは取り除きます。',
    },
  ],
  'exchange-early': [
    {
      en: 'When does your program begin to read: as soon as it is connected, or when everything is sent?',
      ja: '読み始めるのはいつですか。接続してすぐですか、すべて送り終えてからですか。',
    },
    {
      en: 'The kernel holds only so much. If both sides first send and then read, both can wait for ever.',
      ja: 'カーネルが預かる量には限りがあります。両側が送り終えてから読もうとすると、永遠に待ち続けることがあります。',
    },
    {
      en: "Do not wait for the callback of end(), or for 'finish', before you read. Begin both at once, and keep every piece from the first on.",
      ja: "end() のコールバックや 'finish' を待ってから読むのはやめます。送信と受信を同時に始め、最初に届いた分からすべて残します。",
    },
  ],
  'exchange-binary': [
    {
      en: 'How do you join the pieces: as Buffers, or as strings?',
      ja: '届いた分をどう結合していますか。Buffer のままですか、文字列としてですか。',
    },
    {
      en: 'Adding a Buffer to a string with + calls toString(): what is not UTF-8 is lost there.',
      ja: '文字列に Buffer を + で足すと toString() が呼ばれ、UTF-8 でないものは失われます。',
    },
    {
      en: 'Remove setEncoding(), toString() and +=. Keep the Buffers in an array; Buffer.concat() joins them.',
      ja: 'setEncoding()、toString()、+= を取り除きます。Buffer を配列にため、Buffer.concat() で結合します。',
    },
  ],
  'exchange-empty': [
    {
      en: 'The payload has 0 bytes. Does your program still end its side?',
      ja: 'payload が 0 バイトです。それでも自分の側を終えていますか。',
    },
    {
      en: "end() sends the end of the stream with an empty Buffer too. With an empty answer there is no 'data' event, but there is an 'end'.",
      ja: "end() は空の Buffer を渡してもストリームの終わりを送ります。返事が空なら 'data' は届きませんが、'end' は届きます。",
    },
    {
      en: 'Remove every condition on a length. Buffer.concat() of an empty array is an empty Buffer, and that is a proper answer.',
      ja: '長さの条件をすべて取り除きます。空の配列を Buffer.concat() すると空の Buffer になり、それも正しい返事です。',
    },
  ],
  'exchange-refused': [
    {
      en: 'Nobody listens there. What becomes of your promise?',
      ja: '誰も待ち受けていません。Promise はどうなりますか。',
    },
    {
      en: "ECONNREFUSED comes as an 'error' event of the socket. `for await` over the socket throws it; a promise that you make yourself needs a listener.",
      ja: "ECONNREFUSED はソケットの 'error' イベントとして届きます。ソケットに対する `for await` はそれを投げます。自分で作った Promise にはリスナーが必要です。",
    },
    {
      en: 'Reject with the error of the event itself, not with a new Error: callers look at its code. Or catch nothing, and let `for await` throw.',
      ja: '新しい Error ではなく、イベントのエラーそのもので拒否します。呼び出し側はその code を見ます。`for await` なら、何も catch せずに投げさせます。',
    },
  ],
  'exchange-reset': [
    {
      en: 'Half of the answer is there, and the connection breaks. What does your caller get?',
      ja: '返事が半分届いたところで接続が切れます。呼び出し側は何を受け取りますか。',
    },
    {
      en: "'end' comes only where the server has ended properly. 'close' comes after a reset too, right behind 'error'.",
      ja: "'end' は、サーバーが正しく終えたときだけ届きます。'close' はリセットのときも、'error' のすぐあとに届きます。",
    },
    {
      en: "Reject at 'error' even when pieces have come, and throw them away; let 'close' resolve only where there was no error. Remove a catch that returns the part.",
      ja: "途中まで届いていても 'error' で拒否し、届いた分は捨てます。'close' で解決してよいのはエラーがないときだけです。途中までの分を返す catch は取り除きます。",
    },
  ],
  'exchange-ends': [
    {
      en: 'The answer is there. What keeps the process running?',
      ja: '返事は届きました。何がプロセスを動かし続けていますか。',
    },
    {
      en: 'A socket does until both directions have ended, a setTimeout() until it is over, and a setInterval() until it is cleared.',
      ja: 'ソケットは両方向が終わるまで、setTimeout() は時間が来るまで、setInterval() は解除されるまで、プロセスを終わらせません。',
    },
    {
      en: 'Do without timers, or clear them on every way out. Open one connection for each call, and end your side of it.',
      ja: 'タイマーは使わないか、どの終わり方でも必ず解除します。接続は 1 回の呼び出しに 1 つだけ開き、自分の側を終えます。',
    },
  ],
} satisfies Hints
