import { type Browser, chromium } from 'playwright-core'
import { isInstalled } from '@socket-dojo/sandbox'

/** Whether there is a browser to test with: Debian's package `chromium`. */
export const hasBrowser = isInstalled('chromium')

/** Starts it so that it asks nobody for anything by itself. */
export function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
}
