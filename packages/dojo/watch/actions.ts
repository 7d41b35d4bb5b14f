import type { Text } from '@socket-dojo/testkit/text'
import { openDocs } from '../docs.ts'
import { resetLesson, said } from '../starter.ts'
import type { Loop } from './loop.ts'

/** The keys of the loop, in a line. */
export const legend: Text = {
  en: 'h hint · n next · p previous · a all · d docs · t transcript · r reset · ⏎ again · q quit',
  ja: 'h ヒント · n 次の課 · p 前の課 · a 全課 · d 解説 · t 経過 · r スターターに戻す · ⏎ もう一度 · q 終了',
}

/** What each key does. */
export function actions(loop: Loop): (key: string) => void {
  let confirmed: (() => void) | undefined
  const keys: Record<string, () => unknown> = {
    h: () => loop.hint(),
    n: () => loop.next(),
    p: () => loop.previous(),
    a: () => loop.all(),
    d: async () => loop.tell(await openDocs(loop.lesson)),
    t: () => loop.transcript(),
    r: () => {
      loop.tell(loop.isOwn ? sure : notOwn)
      if (loop.isOwn) confirmed = () => loop.tell(said(resetLesson(loop.lesson)))
    },
    return: () => loop.again(),
    q: () => loop.quit(),
    interrupt: () => loop.quit(130),
  }
  return (key) => {
    const answered = confirmed
    confirmed = undefined
    if (answered && key !== 'interrupt') return key === 'y' ? answered() : loop.tell(unchanged)
    void keys[key]?.()
  }
}

const sure: Text = {
  en: 'Back to the starter? Your files are kept in exercises/kept/. y does it, any other key does not.',
  ja: 'スターターに戻しますか？ 今のファイルは exercises/kept/ に残ります。y を押すと戻します。ほかのキーでは戻しません。',
}
const unchanged: Text = { en: 'Nothing was changed.', ja: '何も変更していません。' }
const notOwn: Text = {
  en: 'Only your own exercises have a starter to go back to.',
  ja: 'スターターに戻せるのは、自分の exercises だけです。',
}
