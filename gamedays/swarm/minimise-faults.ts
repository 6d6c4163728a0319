/**
 * The fewest faults that still make the run fail: none of those that are left can be left out. Faults are taken away one
 * by one, which for the handful that a run has asks for no more runs than halving would.
 *
 * @param faults indexes into the faults of the run
 * @param fails whether the run fails with these alone
 */
export async function minimiseFaults(
  faults: readonly number[],
  fails: (faults: readonly number[]) => Promise<boolean>,
): Promise<readonly number[]> {
  let kept = faults;
  for (let index = 0; index < kept.length;) {
    const fewer = kept.toSpliced(index, 1);
    if (await fails(fewer)) {
      kept = fewer;
      // What could not be left out before may be left out now.
      index = 0;
    } else {
      index++;
    }
  }
  return kept;
}
