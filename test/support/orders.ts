import { expect } from "vitest";
import { grad, jvp, multiply, sum, type Tensor, tensor, vmap } from "../../src/index.js";

/** A function of one scalar. */
export type Scalar = (x: Tensor) => Tensor;

const reverse = (f: Scalar): Scalar => grad(f) as unknown as Scalar;

const forward =
  (f: Scalar): Scalar =>
  (x) =>
    jvp(f, [x], [tensor(1)])[1] as Tensor;

/** Derivatives up to the third, in both modes and their mixtures. */
export const orders: readonly [string, (f: Scalar) => Scalar][] = [
  ["value", (f) => f],
  ["reverse", reverse],
  ["forward", forward],
  ["reverse of reverse", (f) => reverse(reverse(f))],
  ["forward of reverse", (f) => forward(reverse(f))],
  ["reverse of forward", (f) => reverse(forward(f))],
  ["forward of forward", (f) => forward(forward(f))],
  ["reverse of reverse of reverse", (f) => reverse(reverse(reverse(f)))],
  ["reverse of forward of reverse", (f) => reverse(forward(reverse(f)))],
  ["forward of reverse of reverse", (f) => forward(reverse(reverse(f)))],
  ["forward of reverse of forward", (f) => forward(reverse(forward(f)))],
];

/** `f` at a point, by itself, as one lane of many, and as the derivative of a sum over lanes. */
const ways: readonly [string, (f: Scalar, order: (f: Scalar) => Scalar, at: Tensor) => number[]][] =
  [
    ["alone", (f, order, at) => Array.from(at.data, (x) => order(f)(tensor(x)).item())],
    ["mapped", (f, order, at) => vmap(order(f))(at).toArray() as number[]],
    [
      "mapped inside",
      (f, order, at) =>
        Array.from(at.data, (x) => {
          const lanes: Scalar = (t) =>
            sum(vmap((a: Tensor) => f(multiply(t, a)))(tensor([1, 0.9, 1.2])));
          return order(lanes)(tensor(x)).item();
        }),
    ],
  ];

/**
 * Expects that `f` and `g` agree in value and all derivatives at `points`, alone and mapped: `g` written without
 * what is under test.
 */
export function expectSameDerivatives(f: Scalar, g: Scalar, points: readonly number[]): void {
  for (const [order, derive] of orders) {
    for (const [way, evaluate] of ways) {
      const own = evaluate(f, derive, tensor([...points]));
      const expected = evaluate(g, derive, tensor([...points]));
      own.forEach((value, i) => {
        const wanted = expected[i] as number;
        const bound = 1e-11 * Math.max(1, Math.abs(wanted));
        const close = Object.is(value, wanted) || Math.abs(value - wanted) <= bound;
        expect(close, `${order}, ${way}, at ${points[i]}: ${value}, expected ${wanted}`).toBe(true);
      });
    }
  }
}
