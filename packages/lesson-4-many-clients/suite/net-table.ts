import { check, type Explain, type Kit, type Text } from '@socket-dojo/testkit'
import { line, type PaperProcesses, type PaperSocket, proc } from './proc-copy.ts'
import { normal, ofLine, type Row, run, table } from './table.ts'

const first: PaperSocket[] = [
  { proto: 'tcp', local: ['0.0.0.0', 8080], inode: 5001 },
  { proto: 'tcp', local: ['127.0.0.1', 8080], remote: ['127.0.0.1', 51034], state: 1, inode: 5002 },
  { proto: 'tcp', local: ['127.0.0.1', 51034], remote: ['127.0.0.1', 8080], state: 1, inode: 5003 },
]

check(
  'table-rows',
  {
    title: {
      en: 'netTable() has a row for each socket',
      ja: 'netTable() はソケットごとに 1 行を返す',
    },
    points: 1,
    why: {
      en: 'a listening socket and both ends of a connection on this machine are three sockets: three lines under one line of headings',
      ja: '待ち受けソケットと、このマシン内の接続の両端で、ソケットは 3 つです。見出しの下に 3 行あります',
    },
    next: {
      en: 'look at how you cut the file into lines, and a line into columns',
      ja: 'ファイルを行に、行を列に分けるところを見てください',
    },
    try: [run, 'cat /proc/net/tcp'],
  },
  async (kit) => {
    const rows = await table(kit, proc(kit, 'proc-rows', first, heldByOne(first)))
    const inodes = rows.map(({ inode }) => inode).toSorted((a, b) => a - b)
    if (inodes.join() === '5001,5002,5003') return
    kit.fail({
      en: `the file net/tcp has sockets with the inodes 5001, 5002, 5003, and the rows have ${inodes.join(', ') || 'none'}`,
      ja: `net/tcp にあるソケットの inode は 5001、5002、5003 ですが、行の inode は ${inodes.join('、') || 'ありません'}`,
    })
  },
)

check(
  'table-addresses',
  {
    title: { en: 'local and remote are IPv4 addresses', ja: 'local と remote は IPv4 アドレス' },
    points: 2,
    restsOn: 'table-rows',
    why: {
      en: 'the kernel writes the four bytes of an IPv4 address as one hexadecimal number of this machine, whose lowest byte is stored first; the port is written as a plain number',
      ja: 'カーネルは IPv4 アドレスの 4 バイトを、このマシンの 1 つの 16 進数として書きます。メモリでは最下位バイトが先頭です。ポートはふつうの数として書かれます',
    },
    next: {
      en: 'take 0100007F apart, byte by byte, and then 1F90',
      ja: '0100007F を 1 バイトずつ分けてみてください。次に 1F90 です',
    },
    try: [run, 'cat /proc/net/tcp', 'ss -tan'],
  },
  async (kit) => {
    const sockets: PaperSocket[] = [
      ...first,
      {
        proto: 'tcp',
        local: ['192.168.1.20', 443],
        remote: ['203.0.113.7', 1025],
        state: 1,
        inode: 5004,
      },
      {
        proto: 'tcp',
        local: ['10.0.0.255', 80],
        remote: ['8.8.4.4', 65535],
        state: 1,
        inode: 5005,
      },
    ]
    await expectFields(kit, 'proc-addresses', sockets, ['proto', 'local', 'remote'], explainAddress)
  },
)

check(
  'table-ipv6',
  {
    title: { en: 'IPv6 sockets stand in the table', ja: 'IPv6 のソケットも表にある' },
    points: 2,
    restsOn: 'table-addresses',
    why: {
      en: 'IPv6 sockets have a file of their own, and an address there is four numbers of 32 bits, each with its lowest byte first',
      ja: 'IPv6 のソケットは別のファイルにあります。アドレスは 32 ビットの数 4 つで、それぞれ最下位バイトが先頭です',
    },
    next: {
      en: 'look at which files you read, and at how 32 digits become eight groups',
      ja: 'どのファイルを読んでいるか、32 桁がどう 8 つのグループになるかを見てください',
    },
    try: [run, 'cat /proc/net/tcp6', 'ss -tan6'],
  },
  async (kit) => {
    const sockets: PaperSocket[] = [
      { proto: 'tcp6', local: ['0:0:0:0:0:0:0:0', 8080], inode: 6001 },
      {
        proto: 'tcp6',
        local: ['0:0:0:0:0:0:0:1', 8080],
        remote: ['0:0:0:0:0:0:0:1', 51034],
        state: 1,
        inode: 6002,
      },
      {
        proto: 'tcp6',
        local: ['2001:db8:1234:5678:9abc:def0:1122:3344', 443],
        remote: ['2001:db8:0:0:0:0:0:42', 1025],
        state: 1,
        inode: 6003,
      },
      {
        proto: 'tcp6',
        local: ['0:0:0:0:0:ffff:7f00:1', 8080],
        remote: ['0:0:0:0:0:ffff:c0a8:114', 51035],
        state: 1,
        inode: 6004,
      },
      // More than one run of zeros, of which only one can be left out.
      { proto: 'tcp6', local: ['2001:db8:0:0:1:0:0:1', 8080], inode: 6006 },
      { proto: 'udp6', local: ['fe80:0:0:0:211:22ff:fe33:4455', 546], state: 7, inode: 6005 },
    ]
    await expectFields(kit, 'proc-ipv6', sockets, ['proto', 'local', 'remote'], explainAddress)
  },
)

check(
  'table-states',
  {
    title: { en: 'states have their names', ja: '状態は名前で書く' },
    points: 1,
    restsOn: 'table-rows',
    why: {
      en: 'the column st is a hexadecimal number from 01 to 0C; a person reads LISTEN and not 0A',
      ja: 'st の列は 01 から 0C までの 16 進数です。人が読むのは 0A ではなく LISTEN です',
    },
    next: {
      en: 'compare with the list of states in the starter: it has the order of their numbers',
      ja: 'スターターの状態の一覧と比べてください。番号の順に並んでいます',
    },
    try: [run, 'ss -tan'],
  },
  async (kit) => {
    const sockets = states.map((_, index): PaperSocket => ({
      proto: 'tcp',
      local: ['127.0.0.1', 8001 + index],
      remote: ['127.0.0.1', 9001 + index],
      state: index + 1,
      inode: 8001 + index,
    }))
    await expectFields(kit, 'proc-states', sockets, ['state'])
  },
)

check(
  'table-udp',
  {
    title: { en: 'UDP sockets stand in the table', ja: 'UDP のソケットも表にある' },
    points: 1,
    restsOn: 'table-rows',
    why: {
      en: 'TCP port 53 and UDP port 53 are two ports: UDP has files of its own, with a state that says only whether the socket is connected',
      ja: 'TCP の 53 番と UDP の 53 番は別のポートです。UDP は別のファイルにあり、状態は接続済みかどうかだけを表します',
    },
    next: { en: 'look at which files you read', ja: 'どのファイルを読んでいるかを見てください' },
    try: [run, 'cat /proc/net/udp', 'ss -uan'],
  },
  async (kit) => {
    const sockets: PaperSocket[] = [
      { proto: 'tcp', local: ['127.0.0.1', 53], inode: 7001 },
      { proto: 'udp', local: ['127.0.0.1', 53], state: 7, inode: 7002 },
      {
        proto: 'udp',
        local: ['127.0.0.1', 40001],
        remote: ['127.0.0.1', 53],
        state: 1,
        inode: 7003,
      },
    ]
    await expectFields(kit, 'proc-udp', sockets, ['proto', 'local', 'remote', 'state'])
  },
)

check(
  'table-queues',
  {
    title: { en: 'rxq and txq tell what waits', ja: 'rxq と txq は待っている量を示す' },
    points: 1,
    restsOn: 'table-rows',
    why: {
      en: 'tx_queue:rx_queue are two hexadecimal numbers, and what waits to be sent comes first',
      ja: 'tx_queue:rx_queue は 2 つの 16 進数で、送信を待つ量が先です',
    },
    next: {
      en: 'look at which of the two numbers becomes which field, and how it is read',
      ja: '2 つの数のどちらがどのフィールドになるか、どう読み取るかを見てください',
    },
    try: [run, 'ss -tan'],
  },
  async (kit) => {
    const established = { proto: 'tcp', state: 1 } as const
    const sockets: PaperSocket[] = [
      {
        ...established,
        local: ['127.0.0.1', 8080],
        remote: ['127.0.0.1', 51034],
        rxq: 6,
        txq: 0,
        inode: 5002,
      },
      {
        ...established,
        local: ['127.0.0.1', 51034],
        remote: ['127.0.0.1', 8080],
        rxq: 16,
        txq: 2_539_008,
        inode: 5003,
      },
      { proto: 'udp', local: ['127.0.0.1', 53], state: 7, rxq: 212_992, txq: 0, inode: 5004 },
    ]
    await expectFields(kit, 'proc-queues', sockets, ['rxq', 'txq'])
  },
)

check(
  'table-holders',
  {
    title: { en: 'pid and fd tell who holds a socket', ja: 'pid と fd はソケットの持ち主を示す' },
    points: 2,
    restsOn: 'table-rows',
    why: {
      en: 'a process holds a socket by a file descriptor, and only the inode joins the two; the port says nothing about the process',
      ja: 'プロセスはファイルディスクリプタでソケットを持ちます。両者を結ぶのは inode だけで、ポートからプロセスはわかりません',
    },
    next: {
      en: 'look at how you find the row for a link like socket:[5002]',
      ja: 'socket:[5002] のようなリンクから行を見つけるところを見てください',
    },
    try: [run, 'ls -l /proc/self/fd', 'ss -tanp'],
  },
  async (kit) => {
    const sockets = [
      ...first,
      { proto: 'udp', local: ['127.0.0.1', 8080], state: 7, inode: 500 },
      // The kernel counts inodes with 32 bits, without a sign.
      { proto: 'udp', local: ['127.0.0.1', 8081], state: 7, inode: 3_000_000_000 },
      // Several sockets can listen at one address and port (SO_REUSEPORT in socket(7)).
      { proto: 'tcp', local: ['0.0.0.0', 8080], inode: 5006 },
    ] satisfies PaperSocket[]
    await expectHolders(
      kit,
      proc(kit, 'proc-holders', sockets, {
        700: {
          0: '/dev/null',
          1: 'pipe:[5003]',
          3: 'anon_inode:[eventpoll]',
          18: 'socket:[5001]',
          19: 'socket:[5002]',
          20: 'socket:[4999]',
        },
        71: {
          0: 'socket:[5006]',
          3: 'socket:[5003]',
          11: 'socket:[500]',
          12: 'socket:[3000000000]',
        },
      }),
      {
        5001: ['pid 700, fd 18'],
        5002: ['pid 700, fd 19'],
        5003: ['pid 71, fd 3'],
        5006: ['pid 71, fd 0'],
        500: ['pid 71, fd 11'],
        3_000_000_000: ['pid 71, fd 12'],
      },
    )
  },
)

check(
  'table-shared',
  {
    title: {
      en: 'a socket that two processes hold has two rows',
      ja: '2 つのプロセスが持つソケットは 2 行になる',
    },
    points: 2,
    restsOn: 'table-holders',
    why: {
      en: 'a child inherits the file descriptors of its parent: then two processes hold one socket, and it lives until both have closed it',
      ja: '子プロセスは親のファイルディスクリプタを引き継ぎます。2 つのプロセスが 1 つのソケットを持ち、両方が閉じるまで残ります',
    },
    next: {
      en: 'look at what you keep for an inode when a second holder comes',
      ja: '同じ inode に 2 つ目の持ち主が見つかったとき、何を残しているかを見てください',
    },
    try: [run, 'ss -tlnp'],
  },
  async (kit) => {
    await expectHolders(
      kit,
      proc(kit, 'proc-shared', first, {
        700: { 18: 'socket:[5001]', 19: 'socket:[5002]', 25: 'socket:[5002]' },
        701: { 18: 'socket:[5001]', 4: 'socket:[5003]' },
        1234567: { 3: 'socket:[5001]' },
      }),
      {
        5001: ['pid 1234567, fd 3', 'pid 700, fd 18', 'pid 701, fd 18'],
        5002: ['pid 700, fd 19', 'pid 700, fd 25'],
        5003: ['pid 701, fd 4'],
      },
    )
  },
)

check(
  'table-nobody',
  {
    title: {
      en: 'a socket in TIME_WAIT belongs to nobody',
      ja: 'TIME_WAIT のソケットは誰のものでもない',
    },
    points: 1,
    restsOn: 'table-holders',
    why: {
      en: 'in TIME_WAIT the process has closed the socket, and only the kernel remembers the connection: inode 0, no pid, no fd. Another socket with the same port tells nothing of it',
      ja: 'TIME_WAIT ではプロセスはもうソケットを閉じていて、接続を覚えているのはカーネルだけです。inode は 0、pid も fd もありません。同じポートを持つ別のソケットは無関係です',
    },
    next: {
      en: 'look at what a row gets whose inode nobody has',
      ja: '誰も持たない inode の行に何が入るかを見てください',
    },
    try: [run, 'ss -tanp state time-wait'],
  },
  async (kit) => {
    const timeWait: PaperSocket = {
      proto: 'tcp',
      local: ['127.0.0.1', 8080],
      remote: ['127.0.0.1', 51036],
      state: 6,
      inode: 0,
    }
    const sockets: PaperSocket[] = [
      ...first,
      timeWait,
      { ...timeWait, local: ['127.0.0.1', 51037], remote: ['127.0.0.1', 8080] },
    ]
    await expectHolders(
      kit,
      proc(kit, 'proc-nobody', sockets, {
        700: { 0: '/dev/null', 18: 'socket:[5001]', 19: 'socket:[5002]', 20: 'socket:[5003]' },
      }),
      {
        0: ['nobody', 'nobody'],
        5001: ['pid 700, fd 18'],
        5002: ['pid 700, fd 19'],
        5003: ['pid 700, fd 20'],
      },
    )
  },
)

const gone = {
  why: {
    en: 'processes end while you read, others are not yours, and a kernel without IPv6 has no net/tcp6: none of that is a reason to tell nothing at all',
    ja: '読んでいる間にもプロセスは終わり、他人のプロセスは見られず、IPv6 のないカーネルに net/tcp6 はありません。どれも、表をまったく返さない理由にはなりません',
  },
  next: {
    en: 'look at what happens when one of your reads fails',
    ja: '読み取りの 1 つが失敗したとき何が起きるかを見てください',
  },
}

check(
  'table-gone',
  {
    title: {
      en: 'what is closed to you, or has gone, is left out',
      ja: '見られないもの、消えたものは飛ばす',
    },
    points: 1,
    restsOn: 'table-holders',
    ...gone,
    try: [run],
  },
  async (kit) => {
    const sockets: PaperSocket[] = [
      ...first,
      { proto: 'udp', local: ['127.0.0.1', 53], state: 7, inode: 5004 },
    ]
    const processes = {
      70: undefined,
      700: { 18: 'socket:[5001]', 19: 'socket:[5004]' },
      7000: undefined,
    }
    await expectHolders(
      kit,
      proc(kit, 'proc-gone', sockets, processes, ['tcp', 'udp']),
      {
        5001: ['pid 700, fd 18'],
        5004: ['pid 700, fd 19'],
        5002: ['nobody'],
        5003: ['nobody'],
      },
      { threw: gone },
    )
  },
)

const states = [
  'ESTABLISHED',
  'SYN_SENT',
  'SYN_RECV',
  'FIN_WAIT1',
  'FIN_WAIT2',
  'TIME_WAIT',
  'CLOSE',
  'CLOSE_WAIT',
  'LAST_ACK',
  'LISTEN',
  'CLOSING',
  'NEW_SYN_RECV',
]

type Field = 'proto' | 'local' | 'remote' | 'state' | 'rxq' | 'txq'
type ExplainField = (found: string, expected: string) => Text | undefined

/** One process that holds them all. */
const heldByOne = (sockets: PaperSocket[]): PaperProcesses => ({
  700: Object.fromEntries(sockets.map(({ inode }, index) => [3 + index, `socket:[${inode}]`])),
})

/** Expects of each socket one row, found by its inode, with these fields. */
async function expectFields(
  kit: Kit,
  name: string,
  sockets: PaperSocket[],
  fields: Field[],
  explain: ExplainField = () => undefined,
): Promise<void> {
  const rows = await table(kit, proc(kit, name, sockets, heldByOne(sockets)))
  for (const [index, socket] of sockets.entries()) {
    const written = line(socket, index)
    const row = rows.find(
      ({ inode, proto }) =>
        inode === socket.inode && (proto === socket.proto || fields[0] !== 'proto'),
    )
    if (!row) {
      return kit.fail(
        ofLine(`net/${socket.proto}  ${written.trim()}`, {
          en: `there is no row with the inode ${socket.inode} and the proto "${socket.proto}"`,
          ja: `inode が ${socket.inode}、proto が "${socket.proto}" の行がありません`,
        }),
      )
    }
    for (const field of fields) {
      const [found, expected] = [row[field], fieldOf(socket, field)]
      if (found === expected) continue
      const why = explain(String(found), String(expected))
      kit.fail(
        ofLine(written, {
          en: `${field} became ${JSON.stringify(found)}, where ${JSON.stringify(expected)} was expected`,
          ja: `${field} は ${JSON.stringify(expected)} のはずが ${JSON.stringify(found)} になりました`,
        }),
        why && { why },
      )
    }
  }
}

function fieldOf(socket: PaperSocket, field: Field): Row[Field] {
  const nowhere: [string, number] = [socket.proto.endsWith('6') ? '0:0:0:0:0:0:0:0' : '0.0.0.0', 0]
  const endpoint = ([address, port]: [string, number]) =>
    normal(address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`)
  switch (field) {
    case 'proto':
      return socket.proto
    case 'local':
      return endpoint(socket.local)
    case 'remote':
      return endpoint(socket.remote ?? nowhere)
    case 'state':
      return states[(socket.state ?? 10) - 1]!
    default:
      return socket[field] ?? 0
  }
}

/** Expects the holders of each socket, by its inode: `pid 700, fd 18`, or `nobody`. */
async function expectHolders(
  kit: Kit,
  folder: string,
  expected: Record<number, string[]>,
  explain: Explain = {},
): Promise<void> {
  const rows = await table(kit, folder, explain)
  const holderOf = ({ pid, fd }: Row) => {
    if (pid === undefined && fd === undefined) return 'nobody'
    const known = pid === undefined || Number.isNaN(pid) || paperPids.includes(pid)
    return `pid ${known ? pid : '<another>'}, fd ${fd}`
  }
  for (const [inode, holders] of Object.entries(expected)) {
    const found = rows
      .filter((row) => row.inode === Number(inode))
      .map(holderOf)
      .toSorted()
    if (found.join('; ') === holders.join('; ')) continue
    const why = explainHolders(found, holders)
    kit.fail(
      {
        en: `the rows with the inode ${inode} name as holders: ${found.join('; ') || 'no row at all'}. Expected was: ${holders.join('; ')}`,
        ja: `inode ${inode} の行が示す持ち主は「${inJapanese(found) || '行なし'}」ですが、期待したのは「${inJapanese(holders)}」です`,
      },
      why && { why },
    )
  }
}

const inJapanese = (holders: string[]) =>
  holders.join('; ').replaceAll('nobody', 'なし').replaceAll('<another>', '<別のもの>')

/** The processes that these tables have. A pid of the real system differs from run to run. */
const paperPids = [70, 71, 700, 701, 7000, 1_234_567]

/** Usual mistakes with addresses, by what they make of one. */
function explainAddress(found: string, expected: string): Text | undefined {
  const [address = ''] = expected.split(':')
  const turned = address.split('.').toReversed().join('.')
  if (address.includes('.') && turned !== address && found.startsWith(`${turned}:`)) {
    return {
      en: 'the bytes of the address are in the wrong order: the number 0100007F is stored with its lowest byte, 7F, first, and this is how the address begins on the wire',
      ja: 'アドレスのバイトの順序が逆です。数 0100007F は最下位バイトの 7F を先頭にして格納され、ネットワーク上のアドレスもそこから始まります',
    }
  }
  if (found.endsWith(':*')) {
    return {
      en: 'where the kernel has no port yet, it has zeros, and port is a number here: 0. The * is how ss and netstat show it',
      ja: 'まだポートがないところに、カーネルは 0 を書きます。ここでのポートは数なので 0 です。* は ss や netstat の表示です',
    }
  }
  if (/^[\dA-F]+$/i.test(portOf(found, address))) {
    return {
      en: 'the address is right, and the port is not: it is a plain hexadecimal number, whose bytes are not turned around',
      ja: 'アドレスは正しく、ポートが違います。ポートはふつうの 16 進数で、バイトの順序を変える必要はありません',
    }
  }
  return undefined
}

/** What stands behind an IPv4 address, where that is right. */
const portOf = (found: string, address: string) =>
  address.includes('.') && found.startsWith(`${address}:`) ? found.slice(address.length + 1) : ''

/** Usual mistakes with holders. */
function explainHolders(found: string[], expected: string[]): Text | undefined {
  if (found.length === 0) {
    return {
      en: "each line of the file is a socket, and a row: two may have both ends in common, where several listen on one port (SO_REUSEPORT); only the inode is a socket's own",
      ja: 'ファイルの 1 行が 1 つのソケットで、表でも 1 行になります。1 つのポートで複数のソケットが待ち受ける（SO_REUSEPORT）と、両端がどちらも同じになります。ソケットに固有なのは inode だけです',
    }
  }
  const more = found.filter((holder) => !expected.includes(holder))
  if (more.includes('pid 700, fd 0') || more.includes('pid 700, fd 1')) {
    return {
      en: 'fd 0 and fd 1 of that process are /dev/null and a pipe: a link that does not begin with socket: says nothing about sockets',
      ja: 'そのプロセスの fd 0 と fd 1 は /dev/null とパイプです。socket: で始まらないリンクは、ソケットのことではありません',
    }
  }
  if (expected.includes('pid 71, fd 0') && !found.includes('pid 71, fd 0')) {
    return {
      en: 'that process has the socket as its standard input, as what inetd starts has: 0, 1 and 2 are file descriptors like all others',
      ja: 'そのプロセスは、inetd が起動したプログラムのように、ソケットを標準入力として持っています。0、1、2 もほかと変わらないファイルディスクリプタです',
    }
  }
  if (found.some((holder) => holder.startsWith('pid NaN'))) {
    return {
      en: 'not every folder in /proc is a process: self and thread-self are links to one that is listed anyway',
      ja: '/proc のフォルダーがすべてプロセスとは限りません。self と thread-self は、すでに一覧にあるプロセスへのリンクです',
    }
  }
  if (more.length > 0 && found.length > expected.length && expected[0] !== 'nobody') {
    return {
      en: 'there are too many holders: 500 is only a part of 5001 and 5002, and those are other sockets',
      ja: '持ち主が多すぎます。500 は 5001 や 5002 の一部にすぎず、それらは別のソケットです',
    }
  }
  if (more.some((holder) => holder.startsWith('pid <another>'))) {
    return {
      en: 'that process does not exist in this table at all: the pid is the name of the folder in which the link was found',
      ja: 'そのプロセスはこの表に存在しません。pid は、リンクが見つかったフォルダーの名前です',
    }
  }
  return undefined
}
