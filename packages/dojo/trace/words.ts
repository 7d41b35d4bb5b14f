import { same, type Text } from '@socket-dojo/testkit/text'
import type { Call } from './event.ts'
import { addressIn, bytesIn, descriptorIn, descriptorPair, remoteIn } from './values.ts'

/** A call as it is told: shortened to what matters, and what it means. */
export interface Told {
  code: string
  meaning?: Text
}

/** How each call is told. A call that is not here is not told. */
export const words: Record<string, (call: Call) => Told> = {
  socket: ({ args, result }) => ({
    code: `socket(${args[0]}, ${plain(args[1])})`,
    meaning: made(args[0]!, args[1]!, fdOf(result)),
  }),
  setsockopt: ({ args }) => ({
    code: `setsockopt(${fdOf(args[0])}, ${args[2]}, ${args[3]?.replace(/^\[(.*)\]$/, '$1')})`,
    ...meaningOf(options[args[2]!]),
  }),
  getsockopt: ({ args }) => {
    const value = args[3]?.replace(/^\[(.*)\]$/, '$1')
    const connected = value === '0' ? { en: 'it is connected', ja: '接続できた' } : undefined
    return {
      code: `getsockopt(${fdOf(args[0])}, ${args[2]}, ${value})`,
      ...meaningOf(connected),
    }
  },
  bind: ({ args }) => ({
    code: `bind(${fdOf(args[0])}, ${addressIn(args[1])})`,
    meaning: addressIn(args[1])?.endsWith(':0')
      ? {
          en: 'has this address, and a port that the kernel chose',
          ja: 'このアドレスと、カーネルが選んだポートを割り当てた',
        }
      : { en: 'has this address now', ja: 'このアドレスを割り当てた' },
  }),
  listen: ({ args }) => ({
    code: `listen(${fdOf(args[0])}, ${args[1]})`,
    meaning: {
      en: `takes connections now; ${args[1]} may wait`,
      ja: `接続を受け付け始める（${args[1]} 本まで待てる）`,
    },
  }),
  accept4: ({ args, result }) => {
    const remote = remoteIn(result)
    const client =
      remote === undefined ? { en: 'a client', ja: '' } : { en: remote, ja: `${remote} との` }
    return {
      code: `accept4(${fdOf(args[0])})`,
      meaning: {
        en: `${client.en} has a descriptor of its own, ${fdOf(result)}`,
        ja: `${client.ja}接続のディスクリプタは ${fdOf(result)}`,
      },
    }
  },
  connect: ({ args }) => ({
    code: `connect(${fdOf(args[0])}, ${addressIn(args[1])})`,
    meaning: { en: 'has this other end now', ja: '相手のアドレスが決まった' },
  }),
  getsockname: ({ args }) => ({
    code: `getsockname(${fdOf(args[0])})`,
    meaning: { en: `its address is ${addressIn(args[1])}`, ja: `アドレスは ${addressIn(args[1])}` },
  }),
  getpeername: ({ args }) => ({
    code: `getpeername(${fdOf(args[0])})`,
    meaning: {
      en: `its other end is ${addressIn(args[1])}`,
      ja: `相手のアドレスは ${addressIn(args[1])}`,
    },
  }),
  read: (call) => received(call, call.args[1]),
  readv: (call) => received(call, call.args[1]),
  recvfrom: (call) => received(call, call.args[1], addressIn(call.args[4])),
  recvmsg: (call) => received(call, call.args[1], addressIn(call.args[1])),
  write: (call) => sent(call, call.args[1]),
  writev: (call) => sent(call, call.args[1]),
  sendto: (call) => sent(call, call.args[1], addressIn(call.args[4])),
  sendmsg: (call) => sent(call, call.args[1], addressIn(call.args[1])),
  sendmmsg: ({ args, result }) => ({
    code: `sendmmsg(${fdOf(args[0])}, ${bytesIn(args[1])}…)`,
    meaning: {
      en: `${result} datagrams in one call, the first to ${addressIn(args[1])}`,
      ja: `1 回の呼び出しで ${result} 個のデータグラムを送信（最初の宛先は ${addressIn(args[1])}）`,
    },
  }),
  shutdown: ({ args }) => ({
    code: `shutdown(${fdOf(args[0])}, ${args[1]})`,
    meaning: {
      en: 'we have finished sending (FIN)',
      ja: 'こちらの送信が終わった（FIN）',
    },
  }),
  close: ({ args }) => ({
    code: `close(${fdOf(args[0])})`,
    meaning: {
      en: `${fdOf(args[0])} is free again`,
      ja: `${fdOf(args[0])} 番は空きになった`,
    },
  }),
  pipe2: ({ args }) => {
    const [reads, writes] = (descriptorPair(args[0]) ?? []).map(({ fd }) => fd)
    return {
      code: `pipe2([${reads}, ${writes}])`,
      meaning: {
        en: `a pipe: written to ${writes}, read from ${reads}`,
        ja: `パイプ。${writes} に書いたものを ${reads} から読める`,
      },
    }
  },
  socketpair: ({ args }) => {
    const [one, other] = (descriptorPair(args[3]) ?? []).map(({ fd }) => fd)
    return {
      code: `socketpair(${args[0]}, ${plain(args[1])}, [${one}, ${other}])`,
      meaning: {
        en: "joined sockets: Node's 'pipe' in stdio",
        ja: "つながった 2 つのソケット。Node の stdio の 'pipe'",
      },
    }
  },
  clone: ({ result }) => ({
    code: 'fork()',
    meaning: { en: `a child process, ${result}`, ja: `子プロセス ${result} ができた` },
  }),
  dup2: ({ args }) => ({
    code: `dup2(${fdOf(args[0])}, ${fdOf(args[1])})`,
    meaning: {
      en: `${fdOf(args[1])} stands for the same as ${fdOf(args[0])} now${kindNote(args[0])?.en ?? ''}`,
      ja: `${fdOf(args[1])} は ${fdOf(args[0])} と同じもの${kindNote(args[0])?.ja ?? ''}を指す`,
    },
  }),
  execve: ({ args }) => ({
    code: `execve(${args[0]})`,
    meaning: {
      en: 'the child is this program now',
      ja: '子プロセスがこのプログラムになった',
    },
  }),
}
words.pipe = (call) => words.pipe2!(call)
words.dup3 = (call) => words.dup2!(call)
words.dup = ({ args, result }) => ({
  code: `dup(${fdOf(args[0])})`,
  meaning: {
    en: `${result} stands for the same as ${fdOf(args[0])} now`,
    ja: `${result} は ${fdOf(args[0])} と同じものを指す`,
  },
})
words.accept = (call) => words.accept4!(call)
words.clone3 = words.fork = words.vfork = (call) => words.clone!(call)

function received({ name, args, result }: Call, buffer?: string, sender?: string): Told {
  const code = `${name}(${fdOf(args[0])})`
  const { kind } = descriptorIn(args[0])!
  if (kind.startsWith('UDP')) {
    const from = sender === undefined ? same('') : { en: ` from ${sender}`, ja: `${sender} から ` }
    return {
      code,
      meaning: {
        en: `a datagram${from.en}: ${bytesIn(buffer)}`,
        ja: `${from.ja}データグラム ${bytesIn(buffer)} を受信した`,
      },
    }
  }
  if (result !== '0') {
    const bytes = bytesIn(buffer)
    return { code, meaning: { en: `received ${bytes}`, ja: `${bytes} を受信した` } }
  }
  const fin = kind.startsWith('TCP')
  return {
    code,
    meaning: {
      en: `the other side has finished sending${fin ? ' (FIN)' : ''}`,
      ja: `相手の送信が終わった${fin ? '（FIN）' : ''}`,
    },
  }
}

function sent({ name, args, result }: Call, buffer?: string, receiver?: string): Told {
  const code = `${name}(${fdOf(args[0])}, ${bytesIn(buffer)})`
  if (descriptorIn(args[0])!.kind.startsWith('UDP')) {
    const to = receiver === undefined ? same('') : { en: ` to ${receiver}`, ja: `${receiver} へ` }
    return { code, meaning: { en: `a datagram${to.en}`, ja: `${to.ja}データグラムを送った` } }
  }
  const asked = name === 'write' ? Number(args[2]) : Number(result)
  if (Number(result) < asked) {
    return {
      code,
      meaning: {
        en: `only ${result} of ${asked} bytes: the buffer is full`,
        ja: `${asked} バイトのうち ${result} バイトだけ。バッファーがいっぱい`,
      },
    }
  }
  return {
    code,
    meaning: {
      en: `${amount(result)} handed to the kernel`,
      ja: `${result} バイトをカーネルに渡した`,
    },
  }
}

function made(family: string, type: string, fd: string): Text {
  const protocol = type.startsWith('SOCK_STREAM') ? 'TCP' : 'UDP'
  if (family === 'AF_UNIX') {
    return {
      en: `a socket within this machine, descriptor ${fd}`,
      ja: `このマシンの中だけのソケット。ディスクリプタは ${fd}`,
    }
  }
  const ip = family === 'AF_INET6' ? 'IPv6' : 'IPv4'
  return {
    en: `a ${protocol} socket for ${ip}, descriptor ${fd}`,
    ja: `${ip} の ${protocol} ソケット。ディスクリプタは ${fd}`,
  }
}

const options: Record<string, Text> = {
  SO_REUSEADDR: {
    en: 'may have a port that was only just left',
    ja: '直前まで使われていたポートもすぐに使える',
  },
  SO_REUSEPORT: { en: 'others may share its port', ja: '同じポートをほかのソケットと共有できる' },
  SO_BROADCAST: { en: 'it may send to everybody', ja: 'ブロードキャストを送信できる' },
  TCP_NODELAY: { en: 'small pieces are sent at once', ja: '小さなデータもすぐに送る' },
  SO_KEEPALIVE: {
    en: 'the kernel asks now and then whether the other side is still there',
    ja: '相手がまだいるか、カーネルが時々確かめる',
  },
  IPV6_V6ONLY: { en: 'whether it leaves IPv4 to others', ja: 'IPv4 を受け付けないかどうか' },
}

const amount = (bytes: string) => (bytes === '1' ? '1 byte' : `${bytes} bytes`)

/** A descriptor's number alone. */
function fdOf(argument = ''): string {
  return String(descriptorIn(argument)?.fd ?? argument)
}

function kindNote(argument: string | undefined): Text | undefined {
  const kind = descriptorIn(argument)?.kind ?? ''
  if (kind === 'pipe') return { en: ': the pipe', ja: '（パイプ）' }
  return kind === '' ? undefined : { en: ': the socket', ja: '（ソケット）' }
}

const meaningOf = (meaning: Text | undefined) => (meaning === undefined ? {} : { meaning })

/** Flags of every socket of Node are left out: SOCK_CLOEXEC, SOCK_NONBLOCK. */
const plain = (flags = '') => flags.replaceAll(/\|SOCK_(CLOEXEC|NONBLOCK)/g, '')
