import type { Hints } from '@socket-dojo/testkit/lesson'

export default {
  'server-listens': [
    {
      en: 'On which address does your socket receive when you pass only a port?',
      ja: 'ポートだけを渡すと、ソケットはどのアドレスで受信しますか。',
    },
    {
      en: 'bind() takes a port and an address, and works later: there is an event for it.',
      ja: 'bind() はポートとアドレスを取り、あとで完了します。そのためのイベントがあります。',
    },
    {
      en: 'Bind to 127.0.0.1, and print socket.address() in the callback of bind().',
      ja: '127.0.0.1 にバインドし、bind() のコールバックで socket.address() を表示します。',
    },
  ],
  'server-prints': [
    {
      en: "How many messages are in one 'message' event?",
      ja: "1 回の 'message' イベントには、メッセージがいくつ入っていますか。",
    },
    {
      en: 'One datagram is one message, complete: nothing has to be collected, and no newline has to be looked for.',
      ja: '1 つのデータグラムが 1 つの完全なメッセージです。ためておくことも、改行を探すことも不要です。',
    },
    {
      en: "Print message.toString() in each 'message' event, and nothing else.",
      ja: "'message' イベントのたびに message.toString() を表示するだけです。",
    },
  ],
  'server-senders': [
    {
      en: 'What does your socket know of the first sender when the second one sends?',
      ja: '2 つ目の送信者が送ってきたとき、ソケットは 1 つ目の送信者の何を知っていますか。',
    },
    {
      en: 'A UDP socket that is not connected takes datagrams from everybody.',
      ja: 'connect していない UDP ソケットは、誰からのデータグラムも受け取ります。',
    },
    {
      en: 'Remove whatever compares or remembers the sender: printing does not need it.',
      ja: '送信者を比較したり覚えたりしている部分を消してください。表示には必要ありません。',
    },
  ],
  'server-ends': [
    {
      en: 'What keeps a Node process running that has nothing more to do?',
      ja: 'することのない Node のプロセスを、何が動かし続けていますか。',
    },
    {
      en: "The open socket does; and after close() no further 'message' event comes.",
      ja: "開いたソケットです。そして close() のあとには 'message' イベントが来ません。",
    },
    {
      en: "Count in the 'message' event, and call socket.close() when the count is reached.",
      ja: "'message' イベントで数え、指定の数になったら socket.close() を呼びます。",
    },
  ],
  'server-empty': [
    {
      en: 'What is message where the datagram has 0 bytes?',
      ja: 'データグラムが 0 バイトのとき、message は何ですか。',
    },
    {
      en: 'It is a Buffer of length 0, and the event comes all the same.',
      ja: '長さ 0 の Buffer です。イベントは同じように起きます。',
    },
    {
      en: 'Remove the condition on message.length: print an empty line, and count it.',
      ja: 'message.length の条件を消し、空行を表示して数えてください。',
    },
  ],
  'server-beside-tcp': [
    {
      en: 'Who else has the number 53 besides UDP?',
      ja: '53 という番号は、UDP のほかに誰が持っていますか。',
    },
    {
      en: 'TCP ports and UDP ports are two separate sets; bind() of a UDP socket does not look at TCP.',
      ja: 'TCP のポートと UDP のポートは別物です。UDP ソケットの bind() は TCP を見ません。',
    },
    {
      en: 'Pass the port of the arguments to bind() as it is, and ask no TCP server whether it is free.',
      ja: '引数のポートをそのまま bind() に渡し、空きかどうかを TCP で調べないでください。',
    },
  ],
  'client-sends': [
    {
      en: 'When has a datagram been sent: when send() returns, or later?',
      ja: 'データグラムが送られたのは、send() が戻ったときですか、そのあとですか。',
    },
    {
      en: 'send() has a callback; a socket that is closed before it loses the datagram.',
      ja: 'send() にはコールバックがあります。その前に閉じるとデータグラムは失われます。',
    },
    {
      en: 'Send each message by itself, wait for the callback of each, and close the socket after the last.',
      ja: 'メッセージを 1 つずつ送り、それぞれのコールバックを待ち、最後のあとで閉じます。',
    },
  ],
  'client-empty': [
    {
      en: 'Which messages does your program skip?',
      ja: 'あなたのプログラムはどのメッセージを飛ばしますか。',
    },
    {
      en: "'' is false in a condition, and yet it is a message.",
      ja: "'' は条件では偽ですが、それでもメッセージです。",
    },
    {
      en: 'Send every argument after the port, whatever it holds.',
      ja: 'ポートより後ろの引数は、内容にかかわらずすべて送ります。',
    },
  ],
  'client-nobody': [
    {
      en: 'Who could tell your socket that nobody is there?',
      ja: '相手がいないことを、誰がソケットに知らせられますか。',
    },
    {
      en: 'Only a connected socket is told. Is yours connected, and does it have to be?',
      ja: '知らされるのは connect したソケットだけです。connect は必要ですか。',
    },
    {
      en: 'Send with send(message, port, host), without connect().',
      ja: 'connect() を使わず、send(message, port, host) で送ります。',
    },
  ],
  'client-ipv6': [
    {
      en: "Which addresses can a socket of type 'udp4' send to?",
      ja: "'udp4' のソケットはどのアドレスに送れますか。",
    },
    {
      en: 'The type of the socket depends on the address: isIPv6() of node:net tells them apart.',
      ja: 'ソケットの種類はアドレスで決まります。node:net の isIPv6() で区別できます。',
    },
    {
      en: "createSocket() takes the type first: isIPv6(host) ? 'udp6' : 'udp4'.",
      ja: "createSocket() の最初の引数が種類です。isIPv6(host) ? 'udp6' : 'udp4' とします。",
    },
  ],
  'echo-listens': [
    {
      en: 'What do you know of the port before the socket is bound?',
      ja: 'バインドされる前に、ポートについて何がわかりますか。',
    },
    {
      en: "Wait for 'listening', and pass host on to bind().",
      ja: "'listening' を待ち、host を bind() に渡します。",
    },
    {
      en: "socket.bind(port, host), then await once(socket, 'listening'), then socket.address(). Answer from this same socket.",
      ja: "socket.bind(port, host)、await once(socket, 'listening')、socket.address() の順です。返事も同じソケットから送ります。",
    },
  ],
  'echo-datagrams': [
    {
      en: "What does your program keep from one 'message' event to the next?",
      ja: "'message' イベントから次のイベントへ、何を持ち越していますか。",
    },
    {
      en: 'Nothing has to be kept: each event has a whole message and its sender.',
      ja: '何も持ち越す必要はありません。イベントごとにメッセージ全体と送信者がそろっています。',
    },
    {
      en: 'Call send() once in each event, with the message as it is, on the socket that received it.',
      ja: 'イベントごとに 1 回、受信したソケットの send() に message をそのまま渡します。',
    },
  ],
  'echo-empty': [
    {
      en: 'What does your program do with a message of length 0?',
      ja: '長さ 0 のメッセージをどう扱っていますか。',
    },
    {
      en: 'It is not the end of anything: there is no end of stream in UDP.',
      ja: '何かの終わりではありません。UDP にストリームの終わりはありません。',
    },
    {
      en: 'Remove the condition: send(message, …) sends an empty Buffer too.',
      ja: '条件を消してください。send(message, …) は空の Buffer も送ります。',
    },
  ],
  'echo-binary': [
    { en: 'Where does your program make a string?', ja: '文字列を作っているのはどこですか。' },
    {
      en: 'A Buffer can be sent as it is: toString() loses what is not UTF-8.',
      ja: 'Buffer はそのまま送れます。toString() は UTF-8 でないものを失います。',
    },
    {
      en: 'Pass the Buffer of the event to send().',
      ja: 'イベントの Buffer を send() に渡します。',
    },
  ],
  'echo-long': [
    {
      en: 'How long may a message be in your program?',
      ja: 'あなたのプログラムで、メッセージはどこまで長くできますか。',
    },
    {
      en: 'The kernel cuts a long datagram into packets and puts it together again: that is not your task.',
      ja: '長いデータグラムをパケットに分け、組み立て直すのはカーネルの仕事です。',
    },
    {
      en: 'Send the message whole, without subarray() or a limit.',
      ja: 'subarray() や上限なしで、メッセージを丸ごと送ります。',
    },
  ],
  'echo-clients': [
    {
      en: 'Whose address is it that you send to, at the moment when you send?',
      ja: '送る瞬間、宛先は誰のアドレスですか。',
    },
    {
      en: "The second argument of the 'message' event is the sender of that very datagram.",
      ja: "'message' イベントの第 2 引数が、そのデータグラムの送信者です。",
    },
    {
      en: 'Use sender.port and sender.address inside the event, and store them nowhere.',
      ja: 'イベントの中で sender.port と sender.address を使い、どこにも保存しません。',
    },
  ],
  'echo-asked': [
    {
      en: 'What happens to the host that startUdpEcho() gets?',
      ja: 'startUdpEcho() に渡された host はどうなりますか。',
    },
    {
      en: 'The address that a socket is bound to is the one its datagrams come from.',
      ja: 'ソケットがバインドされたアドレスが、送信元アドレスになります。',
    },
    {
      en: 'socket.bind(port, host), with no address of your own.',
      ja: '自分で決めたアドレスではなく、socket.bind(port, host) とします。',
    },
  ],
  'echo-send': [
    {
      en: 'Who is told when a datagram is too long?',
      ja: 'データグラムが長すぎるとき、誰に知らされますか。',
    },
    {
      en: 'The callback of send() is; without one, nobody.',
      ja: 'send() のコールバックです。なければ、誰にも知らされません。',
    },
    {
      en: 'Make a promise of send(): reject with the error of the callback, and leave the socket open.',
      ja: 'send() を Promise にし、コールバックのエラーで拒否します。ソケットは閉じません。',
    },
  ],
  'echo-received': [
    {
      en: 'What do you count: datagrams, senders, or bytes?',
      ja: '数えているのはデータグラムですか、送信者ですか、バイトですか。',
    },
    { en: "Each 'message' event is one.", ja: "'message' イベント 1 回が 1 個です。" },
    {
      en: "Add 1 at the very top of the 'message' listener.",
      ja: "'message' リスナーの先頭で 1 を足します。",
    },
  ],
  'echo-ipv6': [
    {
      en: 'Which family does your socket belong to?',
      ja: 'ソケットはどのアドレスファミリーに属していますか。',
    },
    {
      en: "A socket of type 'udp4' cannot be bound to ::1.",
      ja: "'udp4' のソケットは ::1 にバインドできません。",
    },
    {
      en: "createSocket() takes the type first: isIPv6(host) ? 'udp6' : 'udp4'.",
      ja: "createSocket() の最初の引数が種類です。isIPv6(host) ? 'udp6' : 'udp4' とします。",
    },
  ],
  'echo-dual': [
    {
      en: 'What does an IPv4 sender look like on an IPv6 socket?',
      ja: 'IPv6 のソケットから、IPv4 の送信者はどう見えますか。',
    },
    {
      en: '::ffff:127.0.0.1, and it can be answered as it is, unless ipv6Only is set.',
      ja: '::ffff:127.0.0.1 です。ipv6Only でなければ、そのままの形で答えられます。',
    },
    {
      en: 'Leave ipv6Only out, and send to sender.address unchanged.',
      ja: 'ipv6Only を指定せず、sender.address をそのまま使って送ります。',
    },
  ],
  'echo-in-use': [
    {
      en: 'How do you learn that bind() has failed?',
      ja: 'bind() の失敗はどうやってわかりますか。',
    },
    {
      en: "By an 'error' event instead of 'listening'; with reuseAddr it may not fail at all.",
      ja: "'listening' の代わりに 'error' イベントが来ます。reuseAddr があると失敗しないことがあります。",
    },
    {
      en: "await once(socket, 'listening') rejects where 'error' comes first.",
      ja: "await once(socket, 'listening') は 'error' が先に来ると拒否されます。",
    },
  ],
  'echo-close': [
    {
      en: 'What still has the port after your close()?',
      ja: 'あなたの close() のあと、何がポートを持っていますか。',
    },
    {
      en: "socket.close() gives it back, and a 'close' event says when.",
      ja: "socket.close() がポートを解放し、'close' イベントが解放の完了を知らせます。",
    },
    {
      en: "Call socket.close(), and await once(socket, 'close').",
      ja: "socket.close() を呼び、await once(socket, 'close') で待ちます。",
    },
  ],
  'counter-counts': [
    {
      en: 'In which of the 4 bytes is the number 1?',
      ja: '番号 1 は 4 バイトのうちどこに入っていますか。',
    },
    {
      en: 'The most significant byte comes first: that is called big-endian, or network byte order.',
      ja: '上位バイトが先です。ビッグエンディアン、ネットワークバイトオーダーと呼ばれます。',
    },
    {
      en: 'message.readUInt32BE(0) reads the four bytes in that order.',
      ja: 'message.readUInt32BE(0) は 4 バイトをその順で読みます。',
    },
  ],
  'counter-gaps': [
    {
      en: 'After 0, 1, 5: how many are missing? And after a late 3?',
      ja: '0、1、5 のあと、欠けているのはいくつですか。遅れて 3 が届くと、いくつになりますか。',
    },
    {
      en: 'Two things are enough: which numbers have come, and which is the highest.',
      ja: '覚えるのは 2 つで足ります。届いた番号と、いちばん大きい番号です。',
    },
    {
      en: 'Keep a Set of numbers: received is its size, lost is highest + 1 - size.',
      ja: '番号の Set を持ちます。received はその大きさ、lost は最大値 + 1 − 大きさです。',
    },
  ],
  'counter-burst': [
    {
      en: 'How large is the largest number, and the largest gap?',
      ja: 'いちばん大きい番号と、いちばん大きい飛びはどれくらいですか。',
    },
    {
      en: 'All 4 bytes count, and thousands can be missing in a row.',
      ja: '4 バイトすべてに意味があり、何千個も続けて欠けることがあります。',
    },
    {
      en: 'Read all 4 bytes, and set no limit to how far a number may jump.',
      ja: '4 バイトすべてを読み、番号の飛びに上限を設けないでください。',
    },
  ],
  'request-answers': [
    {
      en: 'What comes back from your promise: what arrived, or something made of it?',
      ja: 'Promise の結果は届いたものですか、それを加工したものですか。',
    },
    {
      en: "The 'message' event has the answer as a Buffer.",
      ja: "'message' イベントが返事を Buffer で渡します。",
    },
    {
      en: 'Send the message once, and resolve with the Buffer of the event.',
      ja: 'メッセージを送り、イベントの Buffer で解決します。',
    },
  ],
  'request-empty': [
    { en: 'What if the answer has 0 bytes?', ja: '返事が 0 バイトだったら、どうなりますか。' },
    {
      en: 'Where match is 0, anything from the server is an answer.',
      ja: 'match が 0 なら、サーバーから届くものはすべて返事です。',
    },
    {
      en: 'Look for `if (data.length)` or a condition on a string, and remove it.',
      ja: '`if (data.length)` や文字列の条件を探して消してください。',
    },
  ],
  'request-retries': [
    {
      en: 'What happens in your program when timeoutMs is over?',
      ja: 'timeoutMs が過ぎると、プログラムで何が起きますか。',
    },
    {
      en: 'The same bytes go out again; the id is part of them, and stays.',
      ja: '同じバイトをもう一度送ります。id もその一部で、変わりません。',
    },
    {
      en: 'A loop of send(message, …) and a wait for either an answer or timeoutMs.',
      ja: 'send(message, …) と、「返事か timeoutMs のどちらか」を待つことを繰り返します。',
    },
  ],
  'request-late': [
    {
      en: 'Where does the answer to the first attempt go?',
      ja: '1 回目への返事はどこへ届きますか。',
    },
    {
      en: 'To the port that the first attempt came from: that socket has to be open still.',
      ja: '1 回目を送ったポートです。そのソケットが開いていなければなりません。',
    },
    {
      en: 'Make one socket before the loop, and close it after the loop.',
      ja: 'ループの前にソケットを 1 つ作り、ループのあとで閉じます。',
    },
  ],
  'request-waits': [
    { en: 'How long does your last attempt wait?', ja: '最後の 1 回はどれだけ待ちますか。' },
    {
      en: 'Each attempt waits timeoutMs, whether another follows or not.',
      ja: '次があってもなくても、毎回 timeoutMs 待ちます。',
    },
    {
      en: 'In each turn of the loop: first send, then wait timeoutMs. Give up after the loop.',
      ja: 'ループの中で毎回、まず送り、次に timeoutMs 待ちます。あきらめるのはループのあとです。',
    },
  ],
  'request-timeout': [
    {
      en: 'How many attempts are there where retries is 2?',
      ja: 'retries が 2 なら、何回尋ねますか。',
    },
    {
      en: 'One, and two more; then a rejection with code and attempts.',
      ja: '1 回と、さらに 2 回です。その後 code と attempts をつけて拒否します。',
    },
    {
      en: "Reject with Object.assign(new Error('no answer'), { code: 'ETIMEDOUT', attempts: retries + 1 }).",
      ja: "Object.assign(new Error('no answer'), { code: 'ETIMEDOUT', attempts: retries + 1 }) で拒否します。",
    },
  ],
  'request-match': [
    {
      en: 'How do you know which question an answer belongs to?',
      ja: 'その返事がどの質問のものか、どうやってわかりますか。',
    },
    {
      en: 'The first `match` bytes of both are the same; a shorter answer cannot have them.',
      ja: '質問と返事は、先頭の `match` バイトが同じです。それより短い返事は、一致しようがありません。',
    },
    {
      en: 'Two Buffers are compared with equals(): data.subarray(0, match).equals(message.subarray(0, match)).',
      ja: 'Buffer どうしは equals() で比べます。data.subarray(0, match).equals(message.subarray(0, match)) です。',
    },
  ],
  'request-stranger': [
    {
      en: 'Who can send to your socket while it is open?',
      ja: '開いている間、そのソケットに誰が送れますか。',
    },
    {
      en: "Anybody. Compare the sender's address and port with `to`, or connect the socket.",
      ja: '誰でもです。送信者のアドレスとポートを `to` と比べるか、ソケットを connect します。',
    },
    {
      en: 'Return at once where sender.address !== to.host or sender.port !== to.port.',
      ja: 'sender.address !== to.host または sender.port !== to.port なら、すぐに戻ります。',
    },
  ],
  'request-noise': [
    { en: 'What starts your timer?', ja: 'タイマーを開始するのは何ですか。' },
    { en: 'Sending does; arriving does not.', ja: '送信です。受信ではありません。' },
    {
      en: "Set the timer once per attempt, and leave it alone in the 'message' listener.",
      ja: "タイマーは尋ねるたびに 1 回だけ設定し、'message' リスナーでは触りません。",
    },
  ],
  'request-stops': [
    {
      en: 'What can still happen in your program after the answer?',
      ja: '返事のあとで、プログラムにまだ何が起こりえますか。',
    },
    {
      en: 'A timer may fire and send once more; a second copy may arrive.',
      ja: 'タイマーが動いてもう一度送るかもしれません。2 つ目の返事が届くかもしれません。',
    },
    {
      en: 'Clear the timer and close the socket before you resolve.',
      ja: '解決する前に、タイマーを止め、ソケットを閉じます。',
    },
  ],
  'request-many': [
    {
      en: 'What do two requests at a time have in common in your program?',
      ja: '同時の 2 つのリクエストは、プログラムの中で何を共有していますか。',
    },
    {
      en: 'Variables outside of the function belong to all of them, and a queue lets them wait.',
      ja: '関数の外の変数は、すべてのリクエストで共有されます。キューに入れると、互いに待つことになります。',
    },
    {
      en: 'Declare everything inside of udpRequest(): socket, timer, id, attempts.',
      ja: 'ソケット、タイマー、id、回数のすべてを udpRequest() の中で宣言します。',
    },
  ],
  'request-too-long': [
    {
      en: 'Who learns that the message is too long?',
      ja: 'メッセージが長すぎることを誰が知りますか。',
    },
    {
      en: 'The callback of send() gets the error, at once.',
      ja: 'send() のコールバックが、すぐにエラーを受け取ります。',
    },
    {
      en: 'Reject with that error, and do not try again.',
      ja: 'そのエラーで拒否し、尋ね直さないでください。',
    },
  ],
  'request-refused': [
    {
      en: 'What does your socket hear where nobody is?',
      ja: '相手がいないとき、ソケットには何が知らされますか。',
    },
    {
      en: "Nothing, or an 'error' event where it is connected.",
      ja: "何も知らされません。connect していれば 'error' イベントが届きます。",
    },
    {
      en: "Listen to 'error', and reject with it.",
      ja: "'error' イベントを受け取り、そのエラーで Promise を拒否します。",
    },
  ],
  'request-ipv6': [
    { en: 'Which family does to.host belong to?', ja: 'to.host はどのアドレスファミリーですか。' },
    { en: "A 'udp4' socket cannot send to ::1.", ja: "'udp4' のソケットは ::1 に送れません。" },
    {
      en: "createSocket() takes the type first: isIPv6(to.host) ? 'udp6' : 'udp4'.",
      ja: "createSocket() の最初の引数が種類です。isIPv6(to.host) ? 'udp6' : 'udp4' とします。",
    },
  ],
  'request-bad-wire': [
    {
      en: 'Which of the attempts can be answered, and how often?',
      ja: '何回目の質問に返事が届く可能性がありますか。返事は何回届く可能性がありますか。',
    },
    {
      en: 'Any of them, late or twice: one socket, one id, and the first right answer wins.',
      ja: 'どの回にも、遅れて届くことも、2 回届くこともあります。ソケットも id も 1 つで、最初の正しい返事を採ります。',
    },
    {
      en: 'Mend the checks above first: retries, late answers, id, end. Together they are this one.',
      ja: 'まず上のチェックを直してください。再送、遅れた返事、id、終わり方。それらを合わせたものがこれです。',
    },
  ],
  'request-ends': [
    {
      en: 'What did you open and start in this request?',
      ja: 'このリクエストで何を開き、何を開始しましたか。',
    },
    {
      en: 'A socket and a timer: each keeps the process running.',
      ja: 'ソケットとタイマーです。どちらもプロセスを動かし続けます。',
    },
    {
      en: 'finally { clearTimeout(timer); socket.close() } runs whichever way it ends.',
      ja: 'finally { clearTimeout(timer); socket.close() } は、どう終わっても実行されます。',
    },
  ],
  'request-fails-clean': [
    { en: 'On how many ways can a request end?', ja: 'リクエストの終わり方はいくつありますか。' },
    {
      en: 'An answer, no answer, an error: write the end once, for all of them.',
      ja: '返事、返事なし、エラー。終わりの処理は全部に共通で 1 回書きます。',
    },
    {
      en: 'Put the closing into a finally block around everything that may fail.',
      ja: '失敗しうるもの全体を try で囲み、finally で閉じます。',
    },
  ],
  'probe-answer': [
    {
      en: 'What do you send, and what counts as an answer?',
      ja: '何を送り、何を返事とみなしますか。',
    },
    {
      en: 'Any datagram from there is an answer, of any length.',
      ja: 'そこから届いたデータグラムは、長さにかかわらず返事です。',
    },
    {
      en: "Send one datagram, and resolve 'answer' in the 'message' event without a condition.",
      ja: "データグラムを 1 つ送り、'message' イベントで無条件に 'answer' で解決します。",
    },
  ],
  'probe-refused': [
    {
      en: 'Which sockets are told that nobody is there?',
      ja: '相手がいないことを知らされるのは、どのソケットですか。',
    },
    {
      en: "Connected ones: they have an 'error' event with ECONNREFUSED.",
      ja: "connect したものです。ECONNREFUSED の 'error' イベントが来ます。",
    },
    {
      en: "socket.connect(port, host, () => socket.send('?')), and resolve 'refused' in 'error'.",
      ja: "socket.connect(port, host, () => socket.send('?')) とし、'error' で 'refused' を返します。",
    },
  ],
  'probe-silent': [
    { en: 'When do you know that nothing will come?', ja: '何も来ないと、いつわかりますか。' },
    {
      en: 'Never for sure; after timeoutMs you say so. What a stranger sends is nothing.',
      ja: '確実にはわかりません。timeoutMs 後にそう答えます。ほかの相手からのものは数えません。',
    },
    {
      en: "setTimeout(…, timeoutMs) resolves 'silent', on a connected socket.",
      ja: "connect したソケットで、setTimeout(…, timeoutMs) が 'silent' で解決します。",
    },
  ],
  'probe-ipv6': [
    { en: 'Which family does host belong to?', ja: 'host はどのアドレスファミリーですか。' },
    {
      en: "A 'udp4' socket cannot be connected to ::1.",
      ja: "'udp4' のソケットは ::1 に connect できません。",
    },
    {
      en: "createSocket() takes the type first: isIPv6(host) ? 'udp6' : 'udp4'.",
      ja: "createSocket() の最初の引数が種類です。isIPv6(host) ? 'udp6' : 'udp4' とします。",
    },
  ],
  'probe-ends': [
    {
      en: 'What is left of each of the three results?',
      ja: '3 つの結果のそれぞれで、何が残りますか。',
    },
    {
      en: 'The timer after an answer or a refusal; the socket after silence.',
      ja: '返事や拒否のあとにはタイマー、沈黙のあとにはソケットです。',
    },
    {
      en: 'One function finish(result) for all three: clearTimeout, close, resolve.',
      ja: '3 つに共通の関数 finish(result) で、clearTimeout、close、resolve を行います。',
    },
  ],
} satisfies Hints
