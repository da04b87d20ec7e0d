/** A derivative by differences, element by element, and what its extrapolation says of its error. */
export interface Difference {
  readonly value: Float64Array;
  readonly error: Float64Array;
}

/**
 * The derivative at 0 of `at`, a function of one number to arrays: central differences at h, h/2, h/4, …,
 * extrapolated to h = 0 (Richardson); of the whole table the entry that agrees best with its neighbours
 * (Ridders 1982). Steps that leave the domain (NaN) drop out.
 */
export function difference(
  at: (h: number) => Float64Array,
  step: number,
  levels: number,
): Difference {
  let previous: Float64Array[] = [];
  let value = new Float64Array(0);
  let error = new Float64Array(0);
  for (let level = 0; level < levels; level++) {
    const h = step / 2 ** level;
    const up = at(h);
    const down = at(-h);
    const row = [up.map((y, i) => (y - (down[i] as number)) / (2 * h))];
    if (level === 0) {
      value = (row[0] as Float64Array).slice();
      error = new Float64Array(value.length).fill(Number.POSITIVE_INFINITY);
    }
    for (let order = 1; order <= level; order++) {
      const factor = 4 ** order;
      const finer = row[order - 1] as Float64Array;
      const coarser = previous[order - 1] as Float64Array;
      const better = finer.map((y, i) => (factor * y - (coarser[i] as number)) / (factor - 1));
      better.forEach((y, i) => {
        const spread = Math.max(
          Math.abs(y - (finer[i] as number)),
          Math.abs(y - (coarser[i] as number)),
        );
        if (!(spread < (error[i] as number))) return;
        error[i] = spread;
        value[i] = y;
      });
      row.push(better);
    }
    previous = row;
  }
  return { value, error };
}

/** Slopes to the right and to the left of 0, roughly: they differ at a kink. */
export function slopes(
  at: (h: number) => Float64Array,
  step: number,
): [Float64Array, Float64Array] {
  const middle = at(0);
  const side = (h: number): Float64Array => {
    const near = at(h);
    const far = at(2 * h);
    return middle.map((y, i) => (4 * (near[i] as number) - 3 * y - (far[i] as number)) / (2 * h));
  };
  return [side(step), side(-step)];
}
