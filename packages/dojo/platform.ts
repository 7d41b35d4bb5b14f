import type { Text } from '@socket-dojo/testkit/text'

/** Why the course does not run on this platform (`process.platform`), and what to do; undefined where it runs. */
export function unsupported(platform: NodeJS.Platform): Text | undefined {
  if (platform !== 'win32') return undefined
  return {
    en: 'On Windows the course runs in WSL, the Windows Subsystem for Linux: type "wsl --install" in PowerShell, then open Ubuntu and clone the course there.',
    ja: 'Windows ではこのコースを WSL（Windows Subsystem for Linux）で動かします。PowerShell で "wsl --install" を実行し、Ubuntu を開いて、その中にコースをクローンしてください。',
  }
}
