import { expect, it } from "vitest";
import {
  add,
  applyOperation,
  cos,
  divide,
  multiply,
  negative,
  type Primitive,
  sin,
  sum,
  type Tensor,
  tensor,
} from "../index.js";
import { checkGrads, GradientError } from "./index.js";

const pendulum = (p: { q: Tensor; v: readonly Tensor[] }, n: Tensor) => ({
  energy: add(multiply(p.v[0] as Tensor, p.v[0] as Tensor), cos(p.q)),
  rates: [p.v[0] as Tensor, negative(sin(p.q))],
  count: n,
});

it("passes trees of tensors and numbers to third order and counts what it compared", () => {
  const args = [{ q: tensor([0.3, 1.2]), v: [tensor([0.5, -1])] }, 4];
  const report = checkGrads(pendulum, args, { order: 3 });
  expect(report.comparisons).toBeGreaterThan(50);
  expect(report.worst.ratio).toBeLessThan(0.01);
});

it("compares f32 with the tolerance f32 allows", () => {
  const f = (x: Tensor) => sum(multiply(sin(x), x));
  const report = checkGrads(f, [tensor(Float32Array.of(0.5, 1, -2), [3])]);
  expect(report.comparisons).toBeGreaterThan(5);
});

/** sin with a derivative of one's own choosing. */
function sinWith(partial: (x: Tensor, y: Tensor) => Tensor): Primitive<undefined> {
  const { op } = sin as unknown as { op: Primitive<undefined> };
  const own: Primitive<undefined> = {
    ...op,
    name: "sinWith",
    derivative: { kind: "elementwise", partials: [([x], y) => partial(x, y)] },
  };
  return own;
}

it("a wrong first derivative is an error that names mode, leaf and both numbers", () => {
  const wrong = sinWith((x) => negative(cos(x)) as Tensor);
  const f = (p: { x: Tensor }) => ({ y: applyOperation(wrong, [p.x]) });
  expect(() => checkGrads(f, [{ x: 0.5 }], { order: 1 })).toThrow(GradientError);
  try {
    checkGrads(f, [{ x: 0.5 }]);
    expect.unreachable();
  } catch (error) {
    expect(error).toMatchObject({ mode: "fwd", order: 1, leaf: "result.y" });
    const { expected, actual } = error as GradientError;
    expect(actual).toBeCloseTo(-expected, 8);
  }
  expect(() => checkGrads(f, [{ x: 0.5 }], { modes: ["rev"] })).toThrow(
    /args\[0\]\.x, order 1, rev/,
  );
});

it("a wrong second derivative shows at order 2 only", () => {
  // right at first order: cos x written as sin x / tan-like pieces with a constant that hides the slope
  const frozen = sinWith((x) => tensor(Array.from(x.data, Math.cos), x.shape) as Tensor);
  const f = (x: Tensor) => applyOperation(frozen, [x]);
  checkGrads(f, [tensor([0.5, 1])], { order: 1 });
  expect(() => checkGrads(f, [tensor([0.5, 1])], { order: 2 })).toThrow(/order 2/);
});

it("modes that contradict each other fail the adjoint identity", () => {
  const { op } = sin as unknown as { op: Primitive<undefined> };
  const lopsided: Primitive<undefined> = {
    ...op,
    name: "lopsided",
    derivative: {
      kind: "general",
      jvp: ([x], [t]) => [multiply(cos(x), t as Tensor) as Tensor],
      vjp: ([x]) => ({
        outputs: [sin(x)],
        pull: ([ct]) => [multiply(divide(cos(x), 1.000001), ct as Tensor) as Tensor],
      }),
    },
  };
  const f = (x: Tensor) => applyOperation(lopsided, [x]);
  expect(() => checkGrads(f, [0.5], { order: 1, rtol: 1e-3 })).toThrow(/adjoint/);
});

it("kinks within eps are reported, not smoothed over", () => {
  const corner = (x: Tensor) => multiply(x, tensor((x.item() as number) > 0 ? 1 : 2));
  expect(() => checkGrads(corner, [0], { order: 1 })).toThrow(/from differences/);
});
