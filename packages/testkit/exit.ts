import type { Cap, Exit } from '@socket-dojo/sandbox'
import { capText, generalAdvice } from './advice.ts'
import { absentImport, lastLines } from './crash.ts'
import type { Advice, Explain, LearnerFault } from './fault.ts'
import type { Kit } from './kit.ts'
import { join, type Text } from './text.ts'

/** The fault of a program that ended when or how it should not have. */
export function exitFault(
  kit: Kit,
  file: string,
  exit: Exit,
  output: string,
  directory: string,
  explain: Explain,
  general: Advice = generalAdvice.endedEarly,
): LearnerFault {
  const absent = absentImport(output)
  if (absent) {
    const what = {
      en: `${absent.file} imports "${absent.name}", which is not there`,
      ja: `${absent.file} が import している "${absent.name}" はありません`,
    }
    return kit.fault('unrunnable', what, {}, generalAdvice.absentImport)
  }
  const cap = capMet(exit, output)
  if (cap) {
    const what = join([
      { en: `${file} was ended: `, ja: `${file} は止められました: ` },
      capText[cap],
    ])
    return kit.fault('exited', what, {}, generalAdvice.tooMuch)
  }
  const how = exitText(exit)
  const what = { en: `${file} ended with ${how.en}`, ja: `${file} が${how.ja} で終了しました` }
  const crashed = /^\w*Error\b|^\s+at /m.test(output)
  const inUse = crashed && output.includes('EADDRINUSE') ? generalAdvice.addressInUse : undefined
  const usual = inUse ?? (crashed ? generalAdvice.crashed : general)
  return kit.fault(
    'exited',
    withOutput(what, lastLines(output, directory, kit.ports)),
    explain,
    usual,
  )
}

/** The cap that a program met before it ended. Of some, Node and V8 tell only in words. */
export function capMet(exit: Exit | undefined, output: string): Cap | undefined {
  if (!exit || exit.cap) return exit?.cap
  if (noMemory.test(output)) return 'memory'
  if (noProcess.test(output)) return 'processes'
  return exit.signal === 'SIGXFSZ' ? 'files' : undefined
}

/** What V8 and Node say where memory is not to be had: for the heap, for what Node needs beside it, and for Buffers. */
const noMemory =
  /(heap|process) out of memory|Failed to allocate memory|Array buffer allocation failed/

/** What Node says where the kernel refuses one more process or thread (clone(2)). */
const noProcess = /^Error: (spawn(Sync)? .*)?EAGAIN$/m

/** How a program ended, in words. */
export function exitText({ status, signal }: Exit): Text {
  return signal === null
    ? { en: `exit status ${status}`, ja: `終了ステータス ${status}` }
    : { en: `the signal ${signal}`, ja: `シグナル ${signal}` }
}

/** A sentence, and the end of what was printed, where there is something. */
export function withOutput(what: Text, output: Text | undefined): Text {
  if (!output) return what
  const heading = { en: '; the end of what it printed:\n', ja: '。出力の終わりは次のとおりです:\n' }
  return join([what, heading, indent(output)])
}

const indent = ({ en, ja }: Text): Text => ({
  en: en.replaceAll(/^/gm, '  '),
  ja: ja.replaceAll(/^/gm, '  '),
})
