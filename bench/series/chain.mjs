import { add, mul, sin, sub } from "../library.mjs";

/** @typedef {import("../library.mjs").Tensor} Tensor */

/**
 * A scalar function of `nodes` operations; every fourth is a sine where `transcendental`.
 * @param {number} nodes
 * @param {boolean} transcendental
 */
export function chain(nodes, transcendental) {
  return (/** @type {Tensor} */ x, /** @type {Tensor} */ y) => {
    let u = x;
    let v = y;
    for (let i = 0; i < nodes; i++)
      if (i % 4 === 0) u = add(u, x);
      else if (i % 4 === 1) u = mul(u, y);
      else if (i % 4 === 2) v = sub(u, v);
      else u = transcendental ? sin(v) : mul(v, y);
    return u;
  };
}
