// An independent implementation to check with: numbers that carry a derivative along one direction, in plain
// JavaScript. A number d beside a value stands for its tangent.

/** @typedef {{ v: number, d: number }} Dual */

/** @param {number} v @param {number} [d] @returns {Dual} */
export const dual = (v, d = 0) => ({ v, d });

/** @param {Dual} a @param {Dual} b */
export const add = (a, b) => dual(a.v + b.v, a.d + b.d);
/** @param {Dual} a @param {Dual} b */
export const sub = (a, b) => dual(a.v - b.v, a.d - b.d);
/** @param {Dual} a @param {Dual} b */
export const mul = (a, b) => dual(a.v * b.v, a.d * b.v + a.v * b.d);
/** @param {Dual} a @param {Dual} b */
export const div = (a, b) => dual(a.v / b.v, (a.d - (a.v / b.v) * b.d) / b.v);
/** @param {number} k @param {Dual} a */
export const scale = (k, a) => dual(k * a.v, k * a.d);
/** @param {Dual} a */
export const exp = (a) => dual(Math.exp(a.v), Math.exp(a.v) * a.d);
/** @param {Dual} a */
export const log = (a) => dual(Math.log(a.v), a.d / a.v);
/** @param {Dual} a */
export const sqrt = (a) => dual(Math.sqrt(a.v), a.d / (2 * Math.sqrt(a.v)));
/** @param {Dual} a */
export const sin = (a) => dual(Math.sin(a.v), Math.cos(a.v) * a.d);
/** @param {Dual} a */
export const cos = (a) => dual(Math.cos(a.v), -Math.sin(a.v) * a.d);
/** @param {Dual} a */
export const tanh = (a) => dual(Math.tanh(a.v), (1 - Math.tanh(a.v) ** 2) * a.d);
/** @param {Dual} a */
export const sigmoid = (a) => div(dual(1), add(dual(1), exp(scale(-1, a))));

/** @param {readonly Dual[]} all */
export const sum = (all) => all.reduce(add, dual(0));

/** log Σ exp, the largest subtracted. @param {readonly Dual[]} all */
export function logsumexp(all) {
  const a = dual(Math.max(...all.map(({ v }) => v)));
  return add(a, log(sum(all.map((x) => exp(sub(x, a))))));
}
