/**
 * Positions of `keys` in ascending (or descending) order: equal keys keep their order, NaN comes last either way.
 * Merge sort from the bottom up: O(n log n) at worst, no recursion.
 */
export function stableOrder(keys: ArrayLike<number>, descending: boolean): Int32Array {
  const length = keys.length;
  let order = new Int32Array(length);
  let numbers = 0;
  for (let i = 0; i < length; i++) if (!Number.isNaN(keys[i])) order[numbers++] = i;
  for (let i = 0, at = numbers; i < length; i++) if (Number.isNaN(keys[i])) order[at++] = i;
  let merged = order.slice();
  for (let width = 1; width < numbers; width *= 2) {
    for (let low = 0; low < numbers; low += 2 * width) {
      const middle = Math.min(low + width, numbers);
      const high = Math.min(low + 2 * width, numbers);
      let left = low;
      let right = middle;
      for (let to = low; to < high; to++) {
        const takeRight =
          right < high && (left >= middle || precedes(keys, order, right, left, descending));
        merged[to] = order[takeRight ? right++ : left++] as number;
      }
    }
    [order, merged] = [merged, order];
  }
  return order;
}

function precedes(
  keys: ArrayLike<number>,
  order: Int32Array,
  right: number,
  left: number,
  descending: boolean,
): boolean {
  const a = keys[order[right] as number] as number;
  const b = keys[order[left] as number] as number;
  return descending ? a > b : a < b;
}

/** The first place in `sorted` (ascending, NaN last) where `value` may stand: before its equals, or `after` them. */
export function placeIn(sorted: ArrayLike<number>, value: number, after: boolean): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const there = sorted[middle] as number;
    const passed = after ? !isBefore(value, there) : isBefore(there, value);
    if (passed) low = middle + 1;
    else high = middle;
  }
  return low;
}

function isBefore(a: number, b: number): boolean {
  return a < b || (Number.isNaN(b) && !Number.isNaN(a));
}
