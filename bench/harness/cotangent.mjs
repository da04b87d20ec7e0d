import { tensor } from "../library.mjs";

/** @typedef {import("../library.mjs").Tensor} Tensor */

/** @param {import("./types.js").Inputs} inputs @returns {Record<string, Tensor>} */
export function tensorsOf(inputs) {
  return Object.fromEntries(
    Object.entries(inputs).map(([name, { shape, data }]) => [name, tensor(data, shape)]),
  );
}

/**
 * Key by key over records of tensors.
 * @template {string} K
 * @param {(...xs: Tensor[]) => Tensor} f
 * @param {...Record<K, Tensor>} records
 * @returns {Record<K, Tensor>}
 */
export function each(f, ...records) {
  const keys = /** @type {K[]} */ (Object.keys(records[0]));
  const pairs = keys.map((key) => [key, f(...records.map((record) => record[key]))]);
  return /** @type {Record<K, Tensor>} */ (Object.fromEntries(pairs));
}
