import { expect } from "vitest";
import { add, grad, jvp, sum, type Tensor, tensor, vmap } from "../../src/index.js";

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

type Order = (f: Scalar) => Scalar;

const alone = (f: Scalar, order: Order, x: number): number => order(f)(tensor(x)).item() as number;

/** What each lane adds to the argument where a sum over lanes is differentiated. */
const shifts = [0, 0.4, 0.15];

/** How a derivative at points is computed: with the function under test, and without lanes. */
const ways: readonly {
  readonly name: string;
  own(f: Scalar, order: Order, points: readonly number[]): number[];
  plain(f: Scalar, order: Order, points: readonly number[]): number[];
}[] = [
  {
    name: "alone",
    own: (f, order, points) => points.map((x) => alone(f, order, x)),
    plain: (f, order, points) => points.map((x) => alone(f, order, x)),
  },
  {
    name: "mapped",
    own: (f, order, points) => vmap(order(f))(tensor([...points])).toArray() as number[],
    plain: (f, order, points) => points.map((x) => alone(f, order, x)),
  },
  {
    name: "a sum over lanes",
    own: (f, order, points) => {
      const lanes: Scalar = (x) => sum(vmap((a: Tensor) => f(add(x, a)))(tensor(shifts)));
      return points.map((x) => alone(lanes, order, x));
    },
    plain: (f, order, points) => {
      const lanes: Scalar = (x) =>
        shifts.map((a) => f(add(x, a))).reduce((total, value) => add(total, value));
      return points.map((x) => alone(lanes, order, x));
    },
  },
];

/**
 * Expects that `f` and `g` agree in value and all derivatives at `points`: alone, mapped, and summed over lanes.
 * `g` is written without what is under test, and may read values.
 */
export function expectSameDerivatives(f: Scalar, g: Scalar, points: readonly number[]): void {
  for (const [order, derive] of orders) {
    for (const { name, own, plain } of ways) {
      const expected = plain(g, derive, points);
      own(f, derive, points).forEach((value, i) => {
        const wanted = expected[i] as number;
        const bound = 1e-12 * Math.max(1, Math.abs(wanted)) * (order.split(" of ").length + 1);
        const close = Object.is(value, wanted) || Math.abs(value - wanted) <= bound;
        expect(close, `${order}, ${name}, at ${points[i]}: ${value}, expected ${wanted}`).toBe(
          true,
        );
      });
    }
  }
}
