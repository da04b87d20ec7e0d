import { describe, expect, it } from "vitest";
import { expectSameDerivatives } from "../../test/support/orders.js";
import {
  add,
  checkpoint,
  cos,
  grad,
  multiply,
  scan,
  sin,
  type Tensor,
  tensor,
  trace,
} from "../index.js";

describe("checkpoint", () => {
  const product = checkpoint((x: Tensor, y: Tensor) => multiply(sin(multiply(x, y)), x));

  it("changes no value and no derivative", () => {
    expect(product(0.5, 2).item()).toBe(Math.sin(1) * 0.5);
    expectSameDerivatives(
      (x) => product(x, multiply(x, x)),
      (x) => multiply(sin(multiply(x, multiply(x, x))), x),
      [0.4, -1.3],
    );
  });

  it("differentiates what it closes over, in loops and in itself", () => {
    expectSameDerivatives(
      (x) => {
        const step = checkpoint((c: Tensor) => checkpoint(product)(c, add(x, 1)));
        return scan((c) => [step(c), null], x, null, { length: 3 })[0];
      },
      (x) => {
        let c = x;
        for (let i = 0; i < 3; i++) c = multiply(sin(multiply(c, add(x, 1))), c);
        return c;
      },
      [0.4, -1.3],
    );
  });

  it("keeps its arguments only, and runs again on the way back", () => {
    const chain = (c: Tensor): Tensor => sin(cos(sin(cos(c))));
    const kept = (step: (c: Tensor) => Tensor): number => {
      const f = (x: Tensor) => scan((c) => [step(c), null], x, null, { length: 5 })[0] as Tensor;
      const [forward] = /\(.*\) = scan/.exec(String(trace(grad(f))(0.3))) ?? [];
      return (forward?.match(/f64\*?\[5\]/g) ?? []).length;
    };
    expect([kept(chain), kept(checkpoint(chain))]).toEqual([4, 1]);
    const sines = (f: (x: Tensor) => Tensor) =>
      String(trace(grad((x: Tensor) => multiply(f(x), x)))(0.3)).match(/= sin\(/g)?.length;
    // two on the way forth, two in the derivative; the inner one a second time
    expect([sines(chain), sines(checkpoint(chain))]).toEqual([4, 5]);
  });

  it("takes and gives trees", () => {
    const f = checkpoint(({ a, b }: { a: Tensor; b: Tensor }) => ({ sum: add(a, b), list: [a] }));
    const { sum, list } = f({ a: tensor([1, 2]), b: 3 });
    expect([sum.toArray(), list[0]?.toArray()]).toEqual([
      [4, 5],
      [1, 2],
    ]);
  });
});
