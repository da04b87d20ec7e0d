/** What one contender runs for in one round, in nanoseconds. */
const slice = 2e7;
const fewestRounds = 3;

/**
 * Times contenders in turn, so that all see the same weather, until the time is up; a contender that takes long
 * sits out once it has used twice its share.
 * @param {readonly import("./types.js").Contender[]} contenders
 * @param {number} seconds for all of them
 * @returns {Promise<(import("./types.js").Timing | Error)[]>}
 */
export async function timeInRounds(contenders, seconds) {
  const states = await Promise.all(
    contenders.map((contender) => ({
      contender,
      count: 1,
      used: 0,
      samples: /** @type {number[]} */ ([]),
      failure: /** @type {Error | undefined} */ (undefined),
    })),
  );
  const share = (seconds * 1e9) / contenders.length;
  const end = performance.now() + seconds * 1000;
  // the first rounds find how many steps fill a slice, and let the engine optimise
  for (let round = 0; ; round++) {
    const warming = round < fewestRounds;
    const late = performance.now() >= end;
    const waiting = states.filter(
      ({ samples, used, failure }) =>
        failure === undefined && (samples.length < fewestRounds || (!late && used < 2 * share)),
    );
    if (waiting.length === 0) break;
    for (const state of waiting) {
      try {
        const time = await state.contender.time(state.count);
        state.used += time;
        const each = time / state.count;
        // a long step needs no warming
        if (!warming || time > slice) state.samples.push(each);
        state.count = Math.max(1, Math.min(state.count * 1000, Math.round(slice / each)));
      } catch (error) {
        state.failure = error instanceof Error ? error : new Error(String(error));
      }
    }
  }
  return states.map(({ samples, failure }) => failure ?? summary(samples));
}

/** @param {number[]} samples */
function summary(samples) {
  const sorted = [...samples].sort((a, b) => a - b);
  return {
    minimum: /** @type {number} */ (sorted[0]),
    median: /** @type {number} */ (sorted[Math.floor(sorted.length / 2)]),
    rounds: sorted.length,
  };
}
