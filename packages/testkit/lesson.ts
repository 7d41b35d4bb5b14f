import type { Text } from './text.ts'

/** One thing to learn: what `lesson.ts` of a lesson's package says. Its number and name are those of its folder. */
export interface Lesson {
  title: Text
  /** What a submission consists of, by file name. Nothing else of a submission is read. */
  files: string[]
  /** Packages that a submission may import by name besides what comes with Node. Default: none. */
  packages?: string[]
  /** Whether a submission may see and start the system's own commands. Default: no. */
  commands?: boolean
}

/** What helps with a check, by its id: a question, a pointer, and almost the answer. */
export type Hints = Record<string, [question: Text, pointer: Text, nearlyTheAnswer: Text]>
