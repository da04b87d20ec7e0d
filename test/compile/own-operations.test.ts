import { expect, it } from "vitest";
import {
  type ArrayPlace,
  applyOperation,
  grad,
  jit,
  type Kernel,
  type KernelContext,
  type MathSequence,
  type Operand,
  type Primitive,
  sin,
  sum,
  type Tensor,
  tensor,
} from "../../src/index.js";
import { sinSequence } from "../../src/math/trigonometric.js";
import { loadElement, storeElement } from "../../src/ops/kernels/place.js";

/** 2 sin²(x/2). */
const versineSequence: MathSequence = {
  name: "versine",
  emit: (b, x: Operand) => {
    const s = b.math(sinSequence, [b.mul(x, b.like(x, 0.5))]);
    return b.mul(b.mul(b.like(x, 2), s), s);
  },
};

/** An operation of a user: outside programs its `evaluate` computes it, in programs what `lower` says. */
function versineBy(lower: Primitive["lower"]): (x: Tensor) => Tensor {
  const operation: Primitive<undefined> = {
    name: "versine",
    doc: "1 − cos x.",
    latex: ([x]) => `\\operatorname{versin} ${x}`,
    domain: [{ low: -4, high: 4 }],
    type: ([x]) => x,
    evaluate: ([x]) => ({ ...x, data: x.data.map((value) => 2 * Math.sin(value / 2) ** 2) }),
    derivative: { kind: "elementwise", partials: [([x]) => sin(x)] },
    batch: ([x], [axis]) => ({ output: applyOperation(operation, [x]), axes: [axis] }),
    lower,
  };
  return (x) => applyOperation(operation, [x]);
}

const points = tensor(Array.from({ length: 50 }, (_, i) => i / 7 - 3)) as Tensor;
const calls = /(call|perform) versine[ (]/;

it("a sequence of its own computes a user's operation in compiled programs", () => {
  const versine = versineBy({ kind: "scalar", instruction: versineSequence });
  const compiled = jit(versine);
  expect(compiled.program(points)).not.toMatch(calls);
  compiled(points).data.forEach((value, i) => {
    expect(value).toBeCloseTo(1 - Math.cos(points.data[i] as number), 14);
  });
  const slope = (x: Tensor) => grad((y: Tensor) => sum(versine(y)) as Tensor)(x) as Tensor;
  expect([...jit(slope)(points).data]).toEqual([...jit(sin)(points).data]);
});

it("one without code of its own is computed by its `evaluate`", () => {
  for (const lower of [{ kind: "scalar", instruction: "versine" }, { kind: "kernel" }] as const) {
    const versine = versineBy(lower);
    const compiled = jit(versine);
    expect(compiled.program(points)).toMatch(calls);
    expect([...compiled(points).data]).toEqual([...versine(points).data]);
  }
});

/** Every element minus the one before it. */
const differences: Kernel = ({ builder: b, inputs, outputs }: KernelContext) => {
  const [x, y] = [inputs[0], outputs[0]] as [ArrayPlace, ArrayPlace];
  b.loop(0, y.shape[0] as number, (i) => {
    const next = loadElement(b, x, b.add(i, b.i32(1)));
    storeElement(b, y, i, b.sub(next, loadElement(b, x, i)));
  });
};

it("a kernel of its own computes a user's operation", () => {
  const operation: Primitive<undefined> = {
    name: "differences",
    doc: "Every element minus the one before it.",
    latex: ([x]) => `\\Delta ${x}`,
    domain: [{ low: -4, high: 4 }],
    type: ([x]) => ({ ...x, shape: [(x.shape[0] as number) - 1] }),
    evaluate: () => {
      throw new Error("the kernel computes it");
    },
    derivative: { kind: "none", why: "of this test" },
    batch: () => {
      throw new Error("no batch");
    },
    lower: { kind: "kernel", kernel: differences },
  };
  const squares = tensor([0, 1, 4, 9, 16]) as Tensor;
  const compiled = jit((x: Tensor) => applyOperation(operation, [x]) as Tensor);
  expect(compiled(squares).toArray()).toEqual([1, 3, 5, 7]);
});
