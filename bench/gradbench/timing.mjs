/** @param {bigint} start */
export function nanosecondsOf(start) {
  return Number(process.hrtime.bigint() - start);
}

/**
 * Runs at least `runs` times and for at least `seconds`, and gives each run's time in nanoseconds.
 * @param {() => void} run
 * @param {number} runs
 * @param {number} seconds
 */
export function repeat(run, runs, seconds) {
  const times = [];
  let total = 0;
  do {
    const start = process.hrtime.bigint();
    run();
    const time = nanosecondsOf(start);
    times.push(time);
    total += time;
  } while (times.length < runs || total < seconds * 1e9);
  return times;
}

/**
 * The smallest of the times that `time` gives, asked for at least once and until they add up to `seconds`.
 * @param {() => Promise<number>} time in nanoseconds
 * @param {number} seconds
 */
export async function smallest(time, seconds) {
  let least = Infinity;
  for (let total = 0; total < seconds * 1e9 || least === Infinity; ) {
    const taken = await time();
    least = Math.min(least, taken);
    total += taken;
  }
  return least;
}
