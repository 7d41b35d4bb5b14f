import { hasDescriptors, type Kit } from '@socket-dojo/testkit'

/** Skips a check where the system does not show what a process has open. */
export function needsProc(kit: Kit): void {
  if (hasDescriptors()) return
  kit.skip({
    en: 'this system has no /proc/<pid>/fd: only Linux shows what a process has open',
    ja: 'このシステムには /proc/<pid>/fd がありません。プロセスが開いているものを見られるのは Linux だけです',
  })
}
