import { describe, expect, it } from "vitest";
import { expectSameDerivatives } from "../../../test/support/orders.js";
import {
  add,
  cast,
  cond,
  divide,
  forLoop,
  grad,
  greater,
  jvp,
  less,
  multiply,
  scan,
  sin,
  subtract,
  sum,
  type Tensor,
  tensor,
  vjp,
  vmap,
  whileLoop,
} from "../../index.js";

const xs = tensor([1, -0.5, 2, 0.3]);
const list = [1, -0.5, 2, 0.3];

describe("scan", () => {
  it("carries on and stacks", () => {
    const [last, ys] = scan((c, x) => [add(c, x), multiply(c, x)], 0, tensor([1, 2, 3, 4]));
    expect(last.item()).toBe(10);
    expect(ys.toArray()).toEqual([0, 2, 9, 24]);
  });

  it("has the derivatives of the loop written out, of any order and mapped", () => {
    expectSameDerivatives(
      (x) => {
        const [c, ys] = scan((carry, t) => [sin(multiply(carry, t)), multiply(carry, x)], x, xs);
        return add(c, sum(ys));
      },
      (x) => {
        let c = x;
        let total: Tensor = multiply(0, x);
        for (const t of list) {
          total = add(total, multiply(c, x));
          c = sin(multiply(c, t));
        }
        return add(c, total);
      },
      [0.7, -1.2],
    );
  });

  it("goes from the last slice to the first", () => {
    expectSameDerivatives(
      (x) => {
        const f = (c: Tensor, t: Tensor) => [add(multiply(c, x), sin(t)), multiply(c, t)] as const;
        const [c, ys] = scan(f, 1, multiply(xs, x), { reverse: true });
        return add(c, sum(multiply(ys, xs)));
      },
      (x) => {
        let c: Tensor = tensor(1);
        let total: Tensor = multiply(0, x);
        for (const t of [...list].reverse()) {
          total = add(total, multiply(multiply(c, multiply(t, x)), t));
          c = add(multiply(c, x), sin(multiply(t, x)));
        }
        return add(c, total);
      },
      [0.7, -1.2],
    );
  });
});

describe("whileLoop", () => {
  it("has the derivatives of the loop written out, with steps that depend on values", () => {
    const run = (x: Tensor): [Tensor, number] => {
      let c = x;
      let steps = 0;
      while (c.item() < 3) {
        c = add(multiply(c, c), 0.4);
        steps++;
      }
      return [sin(c), steps];
    };
    const points = [0.3, 1.1, 0.8];
    expect(points.map((x) => run(tensor(x))[1])).not.toEqual([3, 3, 3]);
    expectSameDerivatives(
      (x) =>
        sin(
          whileLoop(
            (c) => less(c, 3),
            (c) => add(multiply(c, c), 0.4),
            x,
          ),
        ),
      (x) =>
        // the same number of steps, chosen by where
        {
          let c = x;
          for (let i = 0; i < 12; i++) {
            const held = cast(less(c, 3), "bool");
            const safe = cond(
              held,
              (t) => t,
              () => 0,
              c,
            );
            void safe;
            c = selectLess(c);
          }
          return sin(c);
        },
      points,
    );
  });
});

const selectLess = (c: Tensor): Tensor => {
  const next = add(multiply(c, c), 0.4);
  return cond(
    less(c, 3),
    () => next,
    () => c,
  );
};
void [divide, forLoop, grad, greater, jvp, subtract, vjp, vmap];
