import { describe, expect, it } from "vitest";
import { expectSameDerivatives } from "../../test/support/orders.js";
import {
  add,
  cond,
  DTypeError,
  divide,
  grad,
  greater,
  jvp,
  less,
  log,
  multiply,
  ShapeError,
  scan,
  sin,
  sqrt,
  sum,
  switchCase,
  type Tensor,
  TreeError,
  take,
  tensor,
  ValueError,
  vmap,
  whileLoop,
} from "../index.js";

const gradients = (f: (x: Tensor) => Tensor, points: readonly number[]) => ({
  alone: points.map((x) => grad(f)(x)),
  mapped: (vmap(grad(f))(tensor([...points])) as Tensor).toArray(),
  summed: (grad((xs: Tensor) => sum(vmap(f)(xs)))(tensor([...points])) as Tensor).toArray(),
  forward: (
    vmap((x: Tensor) => jvp(f, [x], [tensor(1)])[1] as Tensor)(tensor([...points])) as Tensor
  ).toArray(),
});
const everywhere = (wanted: readonly number[]) => ({
  alone: wanted,
  mapped: wanted,
  summed: wanted,
  forward: wanted,
});

describe("cond", () => {
  it("has the derivatives of the branch taken, of any order and mapped", () => {
    expectSameDerivatives(
      (x) => {
        const y = sin(x);
        return cond(
          less(x, 0.5),
          (t: Tensor) => multiply(t, y),
          (t: Tensor) => scan((c) => [sin(multiply(c, y)), null], t, null, { length: 2 })[0],
          multiply(x, x),
        );
      },
      (x) => {
        const [y, t] = [sin(x), multiply(x, x)];
        return x.item() < 0.5 ? multiply(t, y) : sin(multiply(sin(multiply(t, y)), y));
      },
      [0.3, 0.8, -0.4],
    );
  });

  it("runs the branch taken only", () => {
    const forever = (x: Tensor) =>
      whileLoop(
        () => true,
        (c) => c,
        x,
      );
    const f = (x: Tensor) => cond(greater(x, 10), forever, (t) => t, x);
    expect(f(tensor(4)).item()).toBe(4);
    expect(gradients(f, [4, 0])).toEqual(everywhere([1, 1]));
    const third = (i: Tensor) =>
      cond(
        less(i, 3),
        () => take(tensor([1, 2, 3]), i),
        () => -1,
      );
    expect(vmap(third)(tensor([1, 7], { dtype: "i32" })).toArray()).toEqual([2, -1]);
    const outside = (x: Tensor) =>
      cond(
        less(x, 0),
        () => take(tensor([1, 2, 3]), 7),
        () => x,
      );
    expect([outside(tensor(5)).item(), grad(outside)(5)]).toEqual([5, 1]);
    expect(() => outside(tensor(-1))).toThrow("index 7");
  });

  it("the branch not taken contributes exactly 0, whatever its derivative", () => {
    const root = (x: Tensor) =>
      cond(
        greater(x, 0),
        () => sqrt(x),
        () => multiply(2, x),
      );
    expect(gradients(root, [4, 0, -1])).toEqual(everywhere([0.25, 2, 2]));
    const entropy = (x: Tensor) =>
      cond(
        greater(x, 0),
        () => sum(multiply(log(multiply(x, tensor([1, 2]))), x)),
        () => 0,
      );
    expect(gradients(entropy, [0, -1])).toEqual(everywhere([0, 0]));
    const halving = (x: Tensor) =>
      cond(
        greater(x, 0),
        () =>
          whileLoop(
            (c) => greater(c, 0.1),
            (c) => multiply(c, divide(x, 10)),
            x,
          ),
        () => 0,
      );
    expect(gradients(halving, [0, -1])).toEqual(everywhere([0, 0]));
  });

  it("what a branch reads, but not the one taken, contributes exactly 0 too", () => {
    const f = (x: Tensor) => {
      const root = sqrt(x);
      return cond(
        greater(x, 0),
        () => root,
        () => multiply(2, x),
      );
    };
    expect(gradients(f, [0, 4])).toEqual(everywhere([2, 0.25]));
    const loop = (x: Tensor) => {
      const root = sqrt(x);
      const step = ([i, c]: readonly [Tensor, Tensor]) => [add(i, 3), add(c, root)] as const;
      return whileLoop(([i]) => less(i, x), step, [0, x] as const)[1];
    };
    expect(gradients(loop, [0, 4])).toEqual(everywhere([1, 1.5]));
    const none = (x: Tensor) => {
      const root = sqrt(x);
      return scan((c) => [add(c, root), null], x, null, { length: 0 })[0] as Tensor;
    };
    expect(gradients(none, [0, 4])).toEqual(everywhere([1, 1]));
  });

  it("takes and gives trees; a number takes the dtype of the other branch", () => {
    const result = cond(
      false,
      ({ a }) => ({ value: a, rest: [a, 1] }),
      ({ a, b }) => ({ value: multiply(a, b), rest: [b, 2] }),
      { a: tensor(3, { dtype: "f32" }), b: tensor(2, { dtype: "f32" }) },
    );
    expect([result.value.item(), result.value.dtype]).toEqual([6, "f32"]);
    expect(
      cond(
        true,
        () => null,
        () => null,
      ),
    ).toBe(null);
    const mixed = cond(
      true,
      () => 1,
      () => tensor(2, { dtype: "f32" }),
    );
    expect([mixed.item(), mixed.dtype]).toEqual([1, "f32"]);
  });

  it("says what does not fit", () => {
    const run =
      (condition: Tensor | boolean, a: unknown, b: unknown): (() => unknown) =>
      () =>
        cond(
          condition,
          () => a as Tensor,
          () => b as Tensor,
        );
    expect(run(tensor([true, false]), 1, 2)).toThrow("use where(…)");
    expect(run(true, tensor([1, 2], { dtype: "f32" }), tensor([1, 2]))).toThrow(DTypeError);
    expect(run(true, tensor([1, 2]), tensor([1, 2, 3]))).toThrow(ShapeError);
    expect(run(true, { a: 1 }, [1])).toThrow(TreeError);
  });
});

describe("switchCase", () => {
  const branches = [
    (x: Tensor) => x,
    (x: Tensor) => sum(sin(multiply(x, tensor([1, 2])))),
    (x: Tensor) => multiply(x, x),
  ];
  const indices = [-1, 0, 1, 2, 5];

  it("takes the nearest branch there is", () => {
    const values = indices.map((i) => switchCase(i, branches, 3).item());
    expect(values).toEqual([3, 3, Math.sin(3) + Math.sin(6), 9, 9]);
  });

  it("differentiates the branch of each lane", () => {
    const slope = (i: Tensor, x: Tensor) => grad((t: Tensor) => switchCase(i, branches, t))(x);
    const at = tensor(indices, { dtype: "i32" });
    const threes = tensor(indices.map(() => 3));
    const wanted = [1, 1, Math.cos(3) + 2 * Math.cos(6), 6, 6];
    (vmap(slope)(at, threes) as Tensor).data.forEach((value, k) => {
      expect(value).toBeCloseTo(wanted[k] as number, 14);
    });
    const total = (x: Tensor) => sum(vmap((i: Tensor) => switchCase(i, branches, x))(at));
    expect(grad(total)(3)).toBeCloseTo(
      wanted.reduce((a, b) => a + b),
      13,
    );
  });

  it("wants an integer and branches", () => {
    expect(() => switchCase(0.5, branches, 3)).toThrow(DTypeError);
    expect(() => switchCase(tensor(1), branches, 3)).toThrow(DTypeError);
    expect(() => switchCase(0, [])).toThrow(ValueError);
  });
});
