import { check, type Module, ratio } from '@socket-dojo/testkit'
import { begin, file } from './run.ts'

check(
  'pipeline-rate',
  {
    title: {
      en: 'runPipeline() carries 4 GiB through three stages as fast as bash',
      ja: 'runPipeline() は 4 GiB を 3 段に通しても bash と同じ速さ',
    },
    points: 0,
    stretch: true,
    restsOn: 'pipeline-bytes',
    why: {
      en: 'what goes from stage to stage through the kernel does not pass through your process: then your program has nothing to do while it flows',
      ja: 'ステージからステージへカーネルの中を流れるデータは、あなたのプロセスを通りません。流れている間、することは何もないはずです',
    },
    next: {
      en: 'look at what your process does while the stages run: top shows it',
      ja: '各ステージが動いている間、自分のプロセスが何をしているかを top で見てください',
    },
  },
  async (kit) => {
    const module = await kit.module(file)
    const stages = [['head', '-c', String(size), '/dev/zero'], ['cat'], ['cat']]
    const shell = [['bash', '-c', `head -c ${size} /dev/zero | cat | cat > /dev/null`]]
    // bash is run by the same function, as its only stage: what both have in common cancels out.
    const found = await ratio(
      3,
      () => rate(module, stages),
      () => rate(module, shell),
    )
    const measure = {
      en: `${found.toFixed(2)} × the throughput of bash`,
      ja: `スループットは bash の ${found.toFixed(2)} 倍`,
    }
    kit.measured(measure)
    if (found < 0.9) kit.fail(measure)
  },
)

const size = 4 * 1024 ** 3

/** Bytes per millisecond. */
async function rate(module: Module, commands: string[][]): Promise<number> {
  const started = performance.now()
  await begin(module, commands, { stdout: { path: '/dev/null', append: true } }).value({}, 60_000)
  return size / (performance.now() - started)
}
