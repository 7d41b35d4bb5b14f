import { quote } from './bytes.ts'
import type { Text } from './text.ts'

/** One thing that the grader did, or saw. No port, clock or path: a recorded report compares word for word. */
export interface Step {
  action: Action
  /** Which of several peers, where there are several: `A`. */
  who?: string
  detail?: Text
}

/** The story of one check, in order. */
export class Transcript {
  readonly steps: Step[] = []

  add(action: Action, detail?: Text, who?: string): void {
    this.steps.push({ action, ...(who && { who }), ...(detail && { detail }) })
  }

  /**
   * Leaves out the last steps of the peer that came last: how far it got with a process that was crashing meanwhile
   * is chance. A peer without a name is the only one, and keeps all but how its connection ended.
   */
  forgetLastPeer(): void {
    const who = this.steps.at(-1)?.who
    const gone: Action[] = ['end', 'reset', 'refused']
    while (this.steps.length > 0) {
      const last = this.steps.at(-1)!
      if (last.who !== who || (who === undefined && !gone.includes(last.action))) return
      this.steps.pop()
    }
  }

  bytes(action: Action, data: Buffer | string, who?: string): void {
    this.add(action, quote(data), who)
  }
}

/** The words for steps. */
export const actions = {
  start: { en: 'start', ja: '起動' },
  listening: { en: 'listening', ja: '待ち受け' },
  call: { en: 'call', ja: '呼び出し' },
  result: { en: 'result', ja: '結果' },
  connect: { en: 'connect', ja: '接続' },
  accept: { en: 'accept', ja: '受け入れ' },
  send: { en: 'send', ja: '送信' },
  receive: { en: 'receive', ja: '受信' },
  'half-close': { en: 'half-close', ja: 'ハーフクローズ' },
  end: { en: 'end', ja: '切断' },
  reset: { en: 'reset', ja: 'リセット' },
  refused: { en: 'refused', ja: '拒否' },
  wait: { en: 'wait', ja: '待機' },
  pause: { en: 'pause', ja: '停止' },
  resume: { en: 'resume', ja: '再開' },
  relay: { en: 'relay', ja: '中継' },
  print: { en: 'print', ja: '出力' },
  exit: { en: 'exit', ja: '終了' },
} satisfies Record<string, Text>

export type Action = keyof typeof actions
