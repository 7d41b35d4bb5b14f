import { hasIPv6, type Kit } from '@socket-dojo/testkit'

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
