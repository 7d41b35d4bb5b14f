/** Grades a class: takes submissions in, judges them, and keeps what came of it. */
export type { Class, ClassLesson, Late, Learner, Result, Status } from './result.ts'
