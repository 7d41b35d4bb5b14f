import { findLesson, lessons } from '../lessons.ts'
import { hasPassed, readProgress } from '../progress.ts'
import { renderSandbox } from '../report/text.ts'
import { terminalStyle } from '../report/style.ts'
import { actions, legend } from './actions.ts'
import { readKeys } from './keys.ts'
import { Loop, type LoopOptions } from './loop.ts'
import { openScreen } from './screen.ts'
import { WarmJudge } from './warm-judge.ts'

/** Stays with a lesson, or with the first that has not passed: judges it again on each save, and listens to keys. */
export async function watch(wanted: string | undefined, options: LoopOptions): Promise<void> {
  const lesson = wanted === undefined ? firstOpen() : findLesson(wanted)
  const screen = openScreen(process.stdin.isTTY && process.stdout.isTTY)
  const judge = await WarmJudge.start()
  const loop = new Loop(judge, screen, {
    ...options,
    legend: screen.interactive ? legend : undefined,
  })
  if (judge.choice.reason !== undefined) screen.print(renderSandbox(judge.choice, terminalStyle()))
  void loop.stand(lesson)
  const stop = screen.interactive ? readKeys(actions(loop)) : () => {}
  try {
    process.exitCode = await loop.ended
  } finally {
    stop()
    loop.close()
  }
}

function firstOpen() {
  const progress = readProgress()
  return lessons().find(({ name }) => !hasPassed(progress.get(name))) ?? lessons().at(-1)!
}
