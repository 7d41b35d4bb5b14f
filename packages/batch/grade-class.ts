import { createHash } from 'node:crypto'
import type { LessonPlace } from '@socket-dojo/dojo/lessons'
import type { Choice } from '@socket-dojo/sandbox'
import { assemble, keyOf } from './class.ts'
import { type Intake, takeIn } from './intake.ts'
import { readRoster, Roster } from './intake/roster.ts'
import { Journal } from './journal.ts'
import type { Bench, Job } from './judging.ts'
import type { Deadline } from './late.ts'
import { type Judging, locally } from './local.ts'
import { writeResults } from './formats.ts'
import { prepareOutput } from './output.ts'
import { Progress } from './progress.ts'
import { judgeReference } from './reference.ts'
import type { Class, Learner } from './result.ts'
import { type Suite, suiteOf } from './suite.ts'

export interface GradeClassOptions {
  /** The folder of submissions. */
  submissions: string
  /** Where the journal and the results go. */
  out: string
  lessons: LessonPlace[]
  /** How programs are shut in. */
  choice: Choice
  unsafe: boolean
  /** Gradings at a time. */
  jobs: number
  /** Path of a roster. */
  roster?: string | undefined
  deadline?: Deadline | undefined
  /** What to judge again: lessons, learners' ids, ids of gradings, beginnings of suites' hashes. */
  regrade: string[]
  /** One part of the class, `index` from 0, of `of` parts of about the same size. */
  shard?: { index: number; of: number } | undefined
  /** Output folders whose gradings are taken over. */
  from: string[]
  /** Has others judge. Default: this machine does. */
  judging?: Judging | undefined
}

/**
 * Grades a class: takes in what was handed in, judges what the journal has no verdict for, and writes what it came
 * to. The same call goes on where one was cut off.
 * @throws {UsageError} for bad input, before anybody is judged.
 * @throws {BatchFault} when a lesson's own reference solution fails, before anybody is judged.
 */
export async function gradeClass(options: GradeClassOptions): Promise<Class> {
  const { out, deadline, from, regrade } = options
  const roster = rosterOf(options)
  const suites = await Promise.all(options.lessons.map(suiteOf))
  prepareOutput(out)
  const journal = new Journal(out)
  try {
    for (const folder of from) await journal.merge(folder)
    journal.regrade(regrade)
    const intake = await planAll(options, suites, roster, journal)
    await judgePending(options, suites, intake, journal)
    const theClass = assemble(intake, suites, journal, roster?.learners, deadline)
    await writeResults(out, theClass)
    journal.finish()
    return theClass
  } finally {
    journal.close()
  }
}

function rosterOf({ roster: path, shard }: GradeClassOptions): Roster | undefined {
  if (path === undefined) return undefined
  const whole = readRoster(path)
  return shard ? new Roster(whole.learners.filter(isIn(shard)), whole) : whole
}

/** Takes everything in, and puts on the list what has to be judged. */
async function planAll(
  { submissions, shard }: GradeClassOptions,
  suites: Suite[],
  roster: Roster | undefined,
  journal: Journal,
): Promise<Intake> {
  const takes = (learner: Learner) => !shard || isIn(shard)(learner)
  let intake: Intake = { submitted: [], refused: [] }
  await journal.together(async () => {
    intake = await takeIn(submissions, suites, roster, takes, ({ hash, files }) => {
      const contents = Object.entries(files).map(([name, data]) => [name, data.toString('base64')])
      journal.keep(hash, Object.fromEntries(contents) as Record<string, string>)
    })
    intake.submitted.forEach((one) => journal.plan(keyOf(one)))
  })
  return intake
}

/** By the id, so that every machine comes to the same division, whatever it sees of the class. */
const isIn =
  ({ index, of }: NonNullable<GradeClassOptions['shard']>) =>
  ({ id }: Learner): boolean =>
    createHash('sha256').update(id).digest().readUInt32BE() % of === index

async function judgePending(
  options: GradeClassOptions,
  suites: Suite[],
  { submitted }: Intake,
  journal: Journal,
): Promise<void> {
  const ids = journal.pending(submitted.map(keyOf))
  if (ids.length === 0) return
  const benches = await setUp(options, suites, ids, journal)
  const progress = new Progress(ids.length)
  const judging = options.judging ?? locally(options.choice, options.jobs, benches)
  try {
    await judging(
      ids,
      (id) => journal.job(id),
      (id, judged) => {
        journal.done(id, judged)
        const { key } = journal.job(id)
        progress.tell(key.learner, key.lesson, judged)
      },
    )
  } finally {
    progress.stop()
  }
}

/** Judges the reference solutions of the lessons that something is to be judged of. */
async function setUp(
  { choice, unsafe }: GradeClassOptions,
  suites: Suite[],
  ids: string[],
  journal: Journal,
): Promise<(job: Job) => Bench> {
  const wanted = new Set(ids.map((id) => journal.job(id).suite))
  const needed = suites.filter(({ hash }) => wanted.has(hash))
  const benches = new Map<string, Bench>()
  for (const suite of needed)
    benches.set(suite.hash, { suite, checks: await judgeReference(choice, suite), unsafe })
  for (const [hash, { checks }] of benches) journal.keepChecks(hash, checks)
  return (job) => benches.get(job.suite)!
}
