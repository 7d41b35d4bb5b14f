import { type Advice, type Explain, hasIPv6, type Kit, type Module } from '@socket-dojo/testkit'

/**
 * A timeout that is never over, in milliseconds. A program's timers count real time, and the grader's deadlines wait
 * with the machine: what is to end by an answer must not end by a timer on a machine that is a hundred times too busy.
 */
export const forEver = 600_000

/**
 * Another address of this machine than the usual one: on Linux, all of 127/8 is there. Elsewhere the usual one. What
 * is sent without an address goes to the usual one.
 */
export const elsewhere = process.platform === 'linux' ? '127.0.0.2' : '127.0.0.1'

/** Skips a check of what only Linux does: how long a datagram may be, which addresses loopback has. */
export function onLinux(kit: Kit): void {
  if (process.platform !== 'linux')
    kit.skip({
      en: 'the limits of UDP and the addresses of loopback differ on this system',
      ja: 'このシステムでは UDP の上限やループバックのアドレスが異なります',
    })
}

/** Skips a check that needs IPv6. */
export function onIPv6(kit: Kit): void {
  if (!hasIPv6())
    kit.skip({
      en: 'this machine has no IPv6 loopback',
      ja: 'このマシンには IPv6 のループバックがありません',
    })
}

/**
 * Expects that so many sockets have been closed since the process of a module had `before` files open. What is only let
 * go with unref() is no longer seen by whether the process ends, but is still open.
 */
export async function expectClosed(
  kit: Kit,
  module: Module,
  before: number | undefined,
  sockets: number,
): Promise<void> {
  if (before === undefined) return // This system does not tell.
  if (await kit.until(() => (module.files ?? 0) <= before - sockets)) return
  kit.fail(
    {
      en: 'everything had its result, and a socket was still open',
      ja: 'すべての結果が出たあとも、ソケットが開いたままでした',
    },
    {
      why: {
        en: 'a socket is open until it is closed, whether it keeps the process running or not: it has its port and a file descriptor, and takes what still arrives',
        ja: 'プロセスを動かし続けるかどうかにかかわらず、ソケットは閉じるまで開いています。ポートとファイルディスクリプタを占め、届くものを受け取り続けます',
      },
      next: {
        en: 'look at who closes the socket, and when',
        ja: 'ソケットを誰がいつ閉じるかを見てください',
      },
    },
    'running',
  )
}

/** A datagram did not come to `elsewhere`. */
export const notElsewhere = {
  silent: {
    why: {
      en: 'it was to be sent to 127.0.0.2: a machine has many addresses, and what is sent to one of them, or to none in particular, does not reach another',
      ja: '127.0.0.2 に送るはずでした。マシンにはアドレスがたくさんあり、ほかのアドレスに、またはアドレスを決めずに送ったものは届きません',
    },
    next: {
      en: 'look at what becomes of the address that was given, everywhere something is sent or connected',
      ja: '渡されたアドレスが、送信や connect をするところすべてでどう使われるかを見てください',
    },
  },
} satisfies Explain

/** It receives on more addresses than the one that it was given. */
export const everywhere = {
  different: {
    why: {
      en: 'it was told to receive on 127.0.0.1, and receives on other addresses of the machine too',
      ja: '127.0.0.1 で受信するはずが、マシンのほかのアドレスでも受信しています',
    },
    next: {
      en: 'look at what becomes of host',
      ja: 'host がどう使われているかを見てください',
    },
  },
} satisfies Explain

/** A request to an IPv6 address failed at once. */
export const wrongFamily: Explain = {
  threw: family(),
  exited: family(),
}

function family(): Advice {
  return {
    why: {
      en: 'a UDP socket belongs to one family of addresses: with udp4 nothing can be sent to an IPv6 address, and nothing be connected to one',
      ja: 'UDP ソケットは 1 つのアドレスファミリーに属します。udp4 のソケットからは IPv6 アドレスへの送信も接続もできません',
    },
    next: {
      en: 'look at the type that you give createSocket(), and at the address that was asked',
      ja: 'createSocket() に渡す種類と、尋ねる相手のアドレスを見てください',
    },
  }
}
