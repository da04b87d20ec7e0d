import { jit, reshape } from "../library.mjs";

/**
 * @typedef {import("../library.mjs").Tensor} Tensor
 * @typedef {{ shape: readonly number[], data: Float64Array | Int32Array }} Block
 * @typedef {{ run(): void, output(): unknown }} Prepared what is timed, and the result of the last run
 */

/** Numbers of a nested list, with its shape. @param {any} list @returns {Block & { data: Float64Array }} */
export function block(list) {
  const shape = [];
  for (let level = list; Array.isArray(level); level = level[0]) shape.push(level.length);
  return { shape, data: Float64Array.from(shape.length > 1 ? list.flat(shape.length - 1) : list) };
}

/**
 * Compiles a function of tensors for arguments like these. A run copies the arguments into the program's memory,
 * runs it, and copies the results out.
 * @param {(...xs: Tensor[]) => unknown} f
 * @param {readonly Block[]} blocks
 * @param {(...results: any[]) => unknown} output what to answer, from the results' numbers
 * @returns {Prepared}
 */
export function program(f, blocks, output) {
  const data = blocks.map((each) => each.data);
  const shaped = (/** @type {Tensor[]} */ ...xs) =>
    f(...xs.map((x, i) => reshape(x, blocks[i].shape)));
  const compiled = jit(shaped).flat(...data);
  const results = compiled.outputs.map((array) => array.slice());
  return {
    run() {
      const { inputs } = compiled;
      data.forEach((array, i) => {
        inputs[i].set(array);
      });
      compiled.run();
      compiled.outputs.forEach((array, i) => {
        results[i].set(array);
      });
    },
    output: () => output(...results),
  };
}

/** The answer of a function that gives one number. @param {Float64Array} result */
export const scalar = ([value]) => value;

/** The answer of a function that gives one list. @param {Float64Array} result */
export const list = (result) => result;
