import { describe, expect, it } from "vitest";
import { expectSameDerivatives } from "../../test/support/orders.js";
import {
  add,
  argmax,
  cast,
  DTypeError,
  forLoop,
  grad,
  jacfwd,
  jacrev,
  jvp,
  less,
  linearize,
  linearTranspose,
  logicalNot,
  matmul,
  multiply,
  NotDifferentiableError,
  ShapeError,
  scan,
  sin,
  sum,
  type Tensor,
  TraceError,
  TreeError,
  take,
  tensor,
  trace,
  ValueError,
  vjp,
  vmap,
  where,
  whileLoop,
  zeros,
} from "../index.js";

const xs = tensor([1, -0.5, 2, 0.3]);
const list = [1, -0.5, 2, 0.3];
const whole = (value: number) => tensor(value, { dtype: "i32" });

/** c ← c² + x while c < 3. */
const grow = (x: Tensor): Tensor =>
  whileLoop(
    (c) => less(c, 3),
    (c) => add(multiply(c, c), x),
    x,
  );
const grownOut = (x: Tensor): Tensor => {
  let c = x;
  while (c.item() < 3) c = add(multiply(c, c), x);
  return c;
};

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

  it("carries trees, integers and booleans beside what is differentiated", () => {
    const f = (x: Tensor) => {
      const [{ c, n }] = scan(
        ({ c, odd, n }, i) => [
          {
            c: where(odd, multiply(c, x), add(c, cast(i, "f64"))),
            odd: logicalNot(odd),
            n: add(n, i),
          },
          odd,
        ],
        { c: x, odd: true, n: whole(0) },
        tensor([1, 2, 3], { dtype: "i32" }),
      );
      return multiply(c, cast(n, "f64"));
    };
    // ((x·x) + 2)·x·6
    expect(f(tensor(1.5)).item()).toBe(1.5 * (1.5 * 1.5 + 2) * 6);
    expect(grad(f)(1.5)).toBeCloseTo(6 * (3 * 1.5 * 1.5 + 2), 12);
  });

  it("takes nothing, carries nothing and stacks nothing", () => {
    expect(scan(() => [null, null], null, null, { length: 3 })).toEqual([null, null]);
    const [carry, ys] = scan((c, x: Tensor) => [sin(c), x], 1, zeros([0, 3]));
    expect(carry.item()).toBe(1);
    expect(ys.shape).toEqual([0, 3]);
    const none = (x: Tensor) =>
      scan((c) => [multiply(c, x), null], x, null, { length: 0 })[0] as Tensor;
    expect([grad(none)(3), jvp(none, [3], [2])]).toEqual([1, [3, 2]]);
    expect(grad(grad((x: Tensor) => multiply(x, none(x))))(3)).toBe(2);
  });

  it("a number takes the dtype it meets on the way", () => {
    const [c, ys] = scan((c, x) => [add(c, x), c], 0, tensor([1, 2], { dtype: "f32" }));
    expect([c.dtype, ys.dtype, c.item()]).toEqual(["f32", "f32", 3]);
    const [n] = scan((n) => [add(n, 1), null], whole(0), null, { length: 3 });
    expect([n.dtype, n.item()]).toEqual(["i32", 3]);
    const [mixed] = scan((c, x) => [multiply(c, x), null], 2, tensor([1, 2], { dtype: "f32" }), {
      reverse: true,
    });
    expect([mixed.dtype, mixed.item()]).toEqual(["f32", 4]);
  });

  it("says what does not fit", () => {
    const two = tensor([1, 2]);
    const single = tensor(1, { dtype: "f32" });
    expect(() => scan((c, x) => [add(c, x), null], single, two)).toThrow(DTypeError);
    expect(() => scan((c, x) => [add(c, x), null], single, two)).toThrow(
      "scan: expected f32, as it started, got f64",
    );
    expect(() => scan((c) => [add(c, two), null], 0, two)).toThrow(ShapeError);
    expect(() => scan((c) => [[c, c] as never, null], 0, two)).toThrow(TreeError);
    expect(() => scan((c) => c as never, 0, two)).toThrow("a body that returns [carry, y]");
    expect(() => scan((c) => [c, null], 0, [1, 2])).toThrow("wrap arrays of numbers: tensor([…])");
    expect(() => scan((c) => [c, null], 0, [two, tensor([1])])).toThrow("expected 2 slices");
    expect(() => scan((c) => [c, null], 0, two, { length: 3 })).toThrow(ShapeError);
    expect(() => scan((c) => [c, null], 0, null)).toThrow(ValueError);
    expect(() => scan((c) => [c, null], 0, null, { length: -1 })).toThrow(ValueError);
  });

  it("has no values inside, and says what to use instead", () => {
    const read = () => scan((c, x) => [c.item() > 0 ? c : x, null], 0, xs);
    expect(read).toThrow(TraceError);
    expect(read).toThrow("use where, cond, scan or whileLoop");
    const outer = (x: Tensor) =>
      scan((c) => [multiply(c, multiply(x, 2).item()), null], x, null, { length: 2 })[0];
    expect(() => grad(outer)(1)).toThrow(TraceError);
    const known = () => scan((c) => [multiply(c, sum(xs).item()), null], 1, null, { length: 2 })[0];
    expect(known().item()).toBeCloseTo(2.8 ** 2, 12);
  });

  it("lets the errors of operations inside come out", () => {
    const f = (x: Tensor) =>
      scan(
        (c, i) => [add(c, take(multiply(x, tensor([1, 2])), i)), null],
        0,
        tensor([0, 5], { dtype: "i32" }),
      )[0] as Tensor;
    expect(() => f(tensor(1))).toThrow("index 5");
    expect(() => grad(f)(1)).toThrow("index 5");
  });

  it("knows no perturbation confusion", () => {
    // c ← d/dy (x·y·c·y) at y = c, twice: 2·x·c², then 2·x·(2·x·c²)²
    const f = (x: Tensor) =>
      scan(
        (c) => [grad((y: Tensor) => multiply(multiply(x, y), multiply(c, y)))(c), null],
        x,
        null,
        { length: 2 },
      )[0] as Tensor;
    expect(f(tensor(1.5)).item()).toBeCloseTo(8 * 1.5 ** 7, 10);
    expect(grad(f)(1.5)).toBeCloseTo(56 * 1.5 ** 6, 10);
  });

  it("has the same Jacobian in both modes", () => {
    const a = tensor([
      [0.2, 1.5],
      [-0.7, 0.4],
    ]);
    const f = (x: Tensor) =>
      scan((c) => [sin(matmul(a, c) as Tensor), c], x, null, { length: 3 })[0] as Tensor;
    const x = tensor([0.3, 0.4]);
    const forward = jacfwd(f)(x) as Tensor;
    const backward = jacrev(f)(x) as Tensor;
    forward.data.forEach((value, i) => {
      expect(backward.data[i]).toBeCloseTo(value, 14);
    });
  });

  it("linearizes, and transposes where it is linear", () => {
    const f = (x: Tensor) =>
      scan((c) => [sin(multiply(c, x)), null], x, null, { length: 3 })[0] as Tensor;
    const [y, df] = linearize(f, 0.5);
    expect(y).toBe(f(tensor(0.5)).item());
    expect(df(2)).toBeCloseTo(2 * (grad(f)(0.5) as number), 14);
    expect(String(trace((t: Tensor) => df(t))(1))).not.toContain("sin");
    const product = (x: Tensor) => scan((c, a) => [multiply(c, a), c], x, tensor([2, 3]))[0];
    expect(linearTranspose(product, 1)(1)).toEqual([6]);
    const weighted = (x: Tensor) =>
      whileLoop(
        ([i]) => less(i, 3),
        ([i, c]) => [add(i, 1), multiply(c, cast(add(i, 1), "f64"))] as const,
        [whole(0), x],
      )[1];
    expect(linearTranspose(weighted, 1)(1)).toEqual([6]);
    expect(() => linearTranspose(f, 1)(1)).toThrow(NotDifferentiableError);
  });

  it("an integer that came from argmax may be an index, but not a float again", () => {
    const x = tensor([1, 2]);
    const index = (x: Tensor) =>
      scan((c) => [add(c, take(x, argmax(x))), null], 0, null, { length: 3 })[0] as Tensor;
    expect((grad(index)(x) as Tensor).toArray()).toEqual([0, 3]);
    const float = (x: Tensor) => {
      const [k] = scan((k) => [add(k, argmax(x)), null], whole(0), null, { length: 3 });
      return multiply(cast(k, "f64"), sum(x));
    };
    expect(() => grad(float)(x)).toThrow(NotDifferentiableError);
    expect(() => grad(float)(x)).toThrow("argmax");
    const inside = (x: Tensor) =>
      scan((c) => [add(c, cast(argmax(x), "f64")), null], 0, null, { length: 3 })[0] as Tensor;
    expect(() => grad(inside)(x)).toThrow("argmax");
  });
});

describe("whileLoop", () => {
  it("has the derivatives of the loop written out, with steps that depend on values", () => {
    const points = [0.3, 1.1, 0.8];
    expectSameDerivatives(
      (x) => sin(grow(x)),
      (x) => sin(grownOut(x)),
      points,
    );
    expectSameDerivatives(grow, grownOut, points);
  });

  it("differentiates what it closes over, in the body and not in the condition", () => {
    expectSameDerivatives(
      (x) => {
        const y = sin(x);
        return whileLoop(
          ([i, c]) => less(multiply(i, y), add(c, 2)),
          ([i, c]) => [add(i, 1), sin(add(multiply(c, y), x))] as const,
          [0, 1],
        )[1];
      },
      (x) => {
        const y = sin(x);
        let c: Tensor = tensor(1);
        for (let i = 0; i * (y.item() as number) < c.item() + 2; i++)
          c = sin(add(multiply(c, y), x));
        return c;
      },
      [0.9, 1.3],
    );
  });

  it("may run no step", () => {
    const never = (x: Tensor) =>
      whileLoop(
        () => false,
        (c) => multiply(c, x),
        x,
      );
    expect([never(tensor(3)).item(), grad(never)(3), jvp(never, [3], [2])]).toEqual([3, 1, [3, 2]]);
    expect(
      whileLoop(
        () => false,
        (c) => c,
        null,
      ),
    ).toBe(null);
  });

  it("in f32 stays in f32", () => {
    const gradient = grad(grow)(tensor(0.9, { dtype: "f32" })) as Tensor;
    expect(gradient.dtype).toBe("f32");
    expect(gradient.item()).toBeCloseTo(grad(grow)(0.9) as number, 4);
  });

  it("wants one bool", () => {
    expect(() =>
      whileLoop(
        (c) => c,
        (c) => c,
        1,
      ),
    ).toThrow("a condition that gives one bool");
    expect(() =>
      whileLoop(
        (c) => less(c, 3),
        (c) => c,
        tensor([1, 2]),
      ),
    ).toThrow(ShapeError);
  });
});

describe("forLoop", () => {
  it("counts from lower to upper, known or not", () => {
    const digits = (lower: Tensor | number, upper: Tensor | number) =>
      forLoop(lower, upper, (i, x) => add(multiply(x, 10), i), whole(0)).item();
    expect([digits(2, 5), digits(whole(2), whole(5)), digits(2, whole(5))]).toEqual([
      234, 234, 234,
    ]);
    expect([digits(5, 2), digits(whole(5), whole(2))]).toEqual([0, 0]);
    expect(() => digits(2.5, 5)).toThrow(DTypeError);
    expect(() => digits(tensor(2.5), 5)).toThrow(DTypeError);
  });

  it("has derivatives where its bounds are traced, lane by lane too", () => {
    const power = (n: Tensor, x: Tensor) => forLoop(0, n, (_, c) => sin(multiply(c, x)), x);
    const written = (n: number) => (x: Tensor) => {
      let c = x;
      for (let i = 0; i < n; i++) c = sin(multiply(c, x));
      return c;
    };
    const steps = tensor([0, 1, 3], { dtype: "i32" });
    const points = tensor([0.5, 0.6, 0.7]);
    const first = (n: Tensor, x: Tensor) => grad((y: Tensor) => power(n, y))(x);
    const second = (n: Tensor, x: Tensor) => grad((y: Tensor) => first(n, y) as Tensor)(x);
    [0, 1, 3].forEach((n, i) => {
      const x = points.data[i] as number;
      expect((vmap(first)(steps, points) as Tensor).data[i]).toBeCloseTo(
        grad(written(n))(x) as number,
        13,
      );
      expect((vmap(second)(steps, points) as Tensor).data[i]).toBeCloseTo(
        grad((y: Tensor) => grad(written(n))(y) as Tensor)(x) as number,
        13,
      );
    });
  });
});

describe("long loops", () => {
  const step = (c: Tensor, x: Tensor): Tensor => sin(add(multiply(c, x), 0.1));
  const scanned = (n: number) => (x: Tensor) =>
    scan((c) => [step(c, x), null], 0.5, null, { length: n })[0] as Tensor;
  const looped = (n: number) => (x: Tensor) =>
    whileLoop(
      ([i]) => less(i, n),
      ([i, c]) => [add(i, 1), step(c, x)] as const,
      [whole(0), 0.5],
    )[1];
  /** Value and derivative by hand. */
  const expected = (n: number, x: number): [number, number] => {
    let [c, d] = [0.5, 0];
    for (let i = 0; i < n; i++) {
      const inner = c * x + 0.1;
      [c, d] = [Math.sin(inner), Math.cos(inner) * (c + x * d)];
    }
    return [c, d];
  };

  it("a scan of a million steps gives its value", () => {
    expect(scanned(1_000_000)(tensor(0.999)).item()).toBe(expected(1_000_000, 0.999)[0]);
    const total = scan((c, x) => [add(c, x), c], 0, tensor(new Float64Array(1_000_000).fill(0.5)));
    expect(total[0].item()).toBe(500_000);
    expect(total[1].data[999_999]).toBe(499_999.5);
  });

  it("reverse mode goes through 100,000 steps of a scan and of a whileLoop", () => {
    const [, derivative] = expected(100_000, 0.999);
    expect(grad(scanned(100_000))(0.999)).toBeCloseTo(derivative, 11);
    expect(grad(looped(100_000))(0.999)).toBeCloseTo(derivative, 11);
  });

  it("forward mode goes through 100,000 steps", () => {
    const [value, derivative] = expected(100_000, 0.999);
    expect(jvp(scanned(100_000), [0.999], [1])).toEqual([value, expect.closeTo(derivative, 11)]);
    expect(jvp(looped(100_000), [0.999], [1])).toEqual([value, expect.closeTo(derivative, 11)]);
  });
});

describe("a pullback of a loop", () => {
  const factors = [1, 0.5];
  const scanned = (x: Tensor) => {
    const [, pull] = vjp(grow, x);
    const step = (c: Tensor, v: Tensor) => add(multiply(c, pull(v)[0]), c);
    return scan((c, v) => [step(c, v), null], x, tensor(factors))[0];
  };
  const mapped = (x: Tensor) => {
    const [, pull] = vjp(grow, x);
    return sum(vmap((v: Tensor) => pull(multiply(v, x))[0])(tensor(factors)));
  };

  it("may run inside another loop, and be differentiated there", () => {
    const written = (x: Tensor) => {
      const [, pull] = vjp(grownOut, x);
      let c = x;
      for (const v of factors) c = add(multiply(c, pull(tensor(v))[0]), c);
      return c;
    };
    expectSameDerivatives(scanned, written, [0.9]);
  });

  it("may be mapped over cotangents, and be differentiated there", () => {
    const written = (x: Tensor) => {
      const [, pull] = vjp(grownOut, x);
      const terms = factors.map((v) => pull(multiply(v, x))[0]);
      return terms.reduce((total, term) => add(total, term));
    };
    expectSameDerivatives(mapped, written, [0.9]);
  });
});
