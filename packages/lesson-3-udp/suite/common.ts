import { type Advice, type Explain, hasIPv6, type Kit } from '@socket-dojo/testkit'

/**
 * A timeout that is never over, in milliseconds. A program's timers count real time, and the grader's deadlines wait
 * with the machine: what is to end by an answer must not end by a timer on a machine that is a hundred times too busy.
 */
export const forEver = 600_000

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
