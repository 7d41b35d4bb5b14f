/**
 * How the submission compares with a yardstick: the median, over some rounds, of the ratio of two measurements that
 * were taken one right after the other. A figure of one minute says nothing; the ratio of two says what it can.
 * @param own measures the submission, `yardstick` the other, in the same unit.
 */
export async function ratio(
  rounds: number,
  own: () => Promise<number>,
  yardstick: () => Promise<number>,
): Promise<number> {
  const ratios: number[] = []
  for (let round = 0; round < rounds; round++) ratios.push((await own()) / (await yardstick()))
  return ratios.toSorted((a, b) => a - b)[Math.floor(rounds / 2)]!
}
