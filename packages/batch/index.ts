/** Grades a class: takes submissions in, judges them, and keeps what came of it. */
export type { Class, ClassLesson, Late, Learner, Result, Status } from './result.ts'
export { gradeClass, type GradeClassOptions } from './grade-class.ts'
export { parseDiscount, type Deadline } from './late.ts'
export { BatchFault } from './fault.ts'
export { chooseIsolation } from './isolation.ts'
export { printable } from './progress.ts'
