import type { AddressInfo } from 'node:net'
import type { Text } from '@socket-dojo/testkit/text'

/** How to talk to a program that listens, from another terminal; undefined where it has no port. */
export function talk(
  protocol: 'tcp' | 'udp',
  address: AddressInfo | string | null,
): Text | undefined {
  if (address === null || typeof address === 'string') return undefined
  const host = reachable(address.address)
  const command =
    protocol === 'tcp'
      ? `nc ${host} ${address.port}`
      : host.includes(':')
        ? `printf hi | socat - UDP6:[${host}]:${address.port}`
        : `printf hi | socat - UDP:${host}:${address.port}`
  return {
    en: `Talk to it from another terminal: ${command}`,
    ja: `別の端末から話しかけるには: ${command}`,
  }
}

export const portTaken = (port: number | undefined): Text => ({
  en: `Port ${port} is taken: a program that is still running has it (ss -tulnp "sport = ${port}" says which). End that one, or choose another port.`,
  ja: `ポート ${port} は使用中です。まだ動いているプログラムが使っています（ss -tulnp "sport = ${port}" でわかります）。それを終了するか、別のポートを使ってください。`,
})

export const ended = (file: string, status: number): Text => ({
  en: `${file} ended with exit status ${status}. Save it to start it again; Ctrl-C to stop.`,
  ja: `${file} は終了ステータス ${status} で終了しました。保存すると再起動し、Ctrl-C で終わります。`,
})

/** An address to listen on need not be one to connect to: `0.0.0.0` and `::` stand for every address of this machine. */
function reachable(address: string): string {
  if (address === '0.0.0.0') return '127.0.0.1'
  return address === '::' ? '::1' : address
}
