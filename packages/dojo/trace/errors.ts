import type { Text } from '@socket-dojo/testkit/text'

/** What an error of the system means where sockets are concerned: errno(3), tcp(7), udp(7). */
export const errors: Record<string, Text> = {
  EADDRINUSE: {
    en: 'somebody has this address and port already',
    ja: 'このアドレスとポートはすでに使われている',
  },
  EADDRNOTAVAIL: {
    en: 'this machine has no such address',
    ja: 'このマシンにそのアドレスはない',
  },
  EACCES: { en: 'that is not allowed', ja: '許可されていない' },
  EAGAIN: {
    en: 'the send buffer is full: Node waits until there is room',
    ja: '送信バッファーがいっぱい。空くまで Node は待つ',
  },
  ECONNREFUSED: {
    en: 'nobody receives on that port',
    ja: 'そのポートで受け付けているプログラムがない',
  },
  ECONNRESET: {
    en: 'the other side has reset the connection (RST)',
    ja: '相手が接続をリセットした（RST）',
  },
  EPIPE: {
    en: 'nobody reads any more at the other end',
    ja: '反対側で読むプログラムがもうない',
  },
  EINPROGRESS: {
    en: 'the handshake is under way: its result comes later',
    ja: 'ハンドシェイクの途中。結果はあとでわかる',
  },
  ENOTCONN: { en: 'it is not connected any more', ja: 'もう接続されていない' },
  EMSGSIZE: {
    en: 'too long for one datagram',
    ja: '1 つのデータグラムには長すぎる',
  },
  ENOENT: { en: 'there is no such file', ja: 'そのファイルは存在しない' },
}
