import { type Choice, chooseProfile } from '@socket-dojo/sandbox'
import type { Text } from '@socket-dojo/testkit/text'
import { BatchFault } from './fault.ts'

/**
 * The sandbox for programs of a class. It is tried, and without it nobody is judged.
 * @param unsafe has them judged as plain processes where there is none: whoever submits can forge grades then.
 * @throws {BatchFault} where there is none, with what to do about it.
 */
export async function chooseIsolation(unsafe: boolean): Promise<Choice> {
  const choice = await chooseProfile('auto')
  if (choice.profile === 'bwrap' || unsafe) return choice
  const reason = choice.reason ?? ''
  const advice = adviceFor(reason)
  throw new BatchFault({
    en: `Programs of a class are graded in a sandbox only, and it does not work here: ${reason}\n${advice.en}\nOr grade on another machine. --unsafe grades without: then whoever submits can forge grades, read what you can read, and disturb others.`,
    ja: `クラスの採点にはサンドボックスが必要ですが、ここでは動きません: ${reason}\n${advice.ja}\nまたは別のマシンで採点してください。--unsafe を付けるとサンドボックスなしで採点しますが、提出者が成績を偽造したり、あなたのファイルを読んだり、ほかの採点を妨げたりできます。`,
  })
}

function adviceFor(reason: string): Text {
  if (/not installed/.test(reason))
    return {
      en: 'Install it: apt install bubblewrap util-linux',
      ja: 'インストールしてください: apt install bubblewrap util-linux',
    }
  if (/needs Linux/.test(reason))
    return {
      en: 'Grade on Linux, or in WSL.',
      ja: 'Linux か WSL で採点してください。',
    }
  return {
    en: `Allow user namespaces. Ubuntu 24.04: sysctl kernel.apparmor_restrict_unprivileged_userns=0, or an AppArmor profile for bwrap with "userns,". Older Debian: sysctl kernel.unprivileged_userns_clone=1. Docker: --cap-add SYS_ADMIN --security-opt seccomp=unconfined --security-opt apparmor=unconfined --security-opt systempaths=unconfined.`,
    ja: `ユーザー名前空間を許可してください。Ubuntu 24.04: sysctl kernel.apparmor_restrict_unprivileged_userns=0、または bwrap 用の AppArmor プロファイルに「userns,」を追加。古い Debian: sysctl kernel.unprivileged_userns_clone=1。Docker: --cap-add SYS_ADMIN --security-opt seccomp=unconfined --security-opt apparmor=unconfined --security-opt systempaths=unconfined。`,
  }
}
