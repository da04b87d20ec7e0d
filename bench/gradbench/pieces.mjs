/** Numbers in one piece of text: some 100 kB. */
const numbersAtOnce = 5000;

/**
 * A message as JSON in pieces, so that no string holds all of a large result. Typed arrays are lists of numbers.
 * @param {unknown} value
 * @returns {Generator<string, void>}
 */
export function* pieces(value) {
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) {
    const numbers = /** @type {Float64Array} */ (value);
    yield "[";
    for (let at = 0; at < numbers.length; at += numbersAtOnce) {
      const some = JSON.stringify(Array.from(numbers.subarray(at, at + numbersAtOnce)));
      yield `${at === 0 ? "" : ","}${some.slice(1, -1)}`;
    }
    yield "]";
  } else if (Array.isArray(value)) {
    let before = "[";
    for (const item of value) {
      yield before;
      yield* pieces(item);
      before = ",";
    }
    yield value.length === 0 ? "[]" : "]";
  } else if (typeof value === "object" && value !== null) {
    let before = "{";
    for (const [key, item] of Object.entries(value)) {
      if (item === undefined) continue;
      yield `${before}${JSON.stringify(key)}:`;
      yield* pieces(item);
      before = ",";
    }
    yield before === "{" ? "{}" : "}";
  } else yield JSON.stringify(value);
}

/** A message as its reader has it. @param {unknown} value @returns {any} */
export function plain(value) {
  return JSON.parse([...pieces(value)].join(""));
}
