import { uniformSource } from "../../harness/random.mjs";

/** @typedef {ReturnType<typeof distributions>} Distributions */

/** Where random inputs come from. @param {number} seed */
export function distributions(seed) {
  const uniform = uniformSource(seed);
  const normal = () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  return { uniform, normal };
}

/** @template T @param {number} count @param {(i: number) => T} of */
export const times = (count, of) => Array.from({ length: count }, (_, i) => of(i));
