import { expect, it } from "vitest";
import {
  add,
  applyOperation,
  cos,
  multiply,
  negative,
  type Primitive,
  type Tensor,
  tensor,
} from "../index.js";
import { operations } from "../operations.js";
import { type CheckResult, conformance, formatReport, type Implementation } from "./index.js";

const named = (name: string): Primitive =>
  operations.find((operation) => operation.name === name) as Primitive;
const sin = named("sin");
const sum = named("sum");
const concatenate = named("concatenate");

function results(operation: Primitive, implementation?: Implementation): CheckResult[] {
  const options = implementation === undefined ? {} : { implementation };
  return conformance([operation], options).map((check) => {
    try {
      return { check, tally: check.run() };
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      return { check, tally: undefined };
    }
  });
}

function failures(operation: Primitive, implementation?: Implementation): string[] {
  return results(operation, implementation).flatMap(({ check, tally }) =>
    tally === undefined ? [check.kind] : [],
  );
}

it("right operations pass every check", () => {
  for (const operation of [sin, sum, concatenate]) expect(failures(operation)).toEqual([]);
});

it("a wrong partial fails both modes against differences", () => {
  const partials = [([x]: readonly [Tensor, ...Tensor[]]) => negative(cos(x)) as Tensor];
  const wrong: Primitive = { ...sin, derivative: { kind: "elementwise", partials } };
  expect(failures(wrong)).toEqual(expect.arrayContaining(["jvp", "vjp"]));
});

it("a derivative declared zero that is none fails", () => {
  const frozen = [
    ([x]: readonly [Tensor, ...Tensor[]]) =>
      tensor(Array.from(x.data, Math.cos), x.shape) as Tensor,
  ];
  const wrong: Primitive = { ...sin, derivative: { kind: "elementwise", partials: frozen } };
  expect(failures(wrong)).toContain("second order");
});

it("a transpose that forgets a factor fails the adjoint identity", () => {
  const wrong: Primitive = {
    ...sum,
    derivative: {
      kind: "linear",
      groups: () => [[0]],
      transpose: (cts, at, inputs, params) => {
        const { derivative } = sum;
        if (derivative.kind !== "linear") throw new Error("sum is linear");
        return multiply(derivative.transpose(cts, at, inputs, params) as Tensor, 2) as Tensor;
      },
    },
  };
  const kinds = failures(wrong);
  expect(kinds).toEqual(expect.arrayContaining(["vjp", "adjoint"]));
  expect(kinds).not.toContain("jvp");
});

it("a batch rule that leaves the axis where it is fails vmap", () => {
  const wrong: Primitive = {
    ...sum,
    batch: ([x], _axes, params) => ({ output: applyOperation(wrong, [x], params), axes: [0] }),
  };
  expect(failures(wrong)).toEqual(expect.arrayContaining(["vmap", "nested vmap"]));
});

it("a type rule that contradicts the value fails", () => {
  const wrong: Primitive = {
    ...sin,
    evaluate: ([x]) => ({ shape: x.shape, dtype: "f32", data: Float32Array.from(x.data) }),
  };
  expect(failures(wrong)).toContain("value");
});

it("an f32 result computed in f32 steps fails", () => {
  const wrong: Primitive = {
    ...sin,
    evaluate: ([x]) => {
      const data = x.data.slice();
      for (let i = 0; i < data.length; i++)
        data[i] = Math.sin((data[i] as number) * (x.dtype === "f32" ? 1 + 1e-6 : 1));
      return { shape: x.shape, dtype: x.dtype, data };
    },
  };
  expect(failures(wrong)).toContain("value");
});

it("a result that changes from run to run fails", () => {
  let drift = 0;
  const wrong: Primitive = {
    ...sin,
    evaluate: ([x]) => {
      drift += 1e-13;
      const data = Float64Array.from(x.data, (value) => Math.sin(value) + drift);
      return { shape: x.shape, dtype: "f64", data };
    },
  };
  expect(failures(wrong)).toContain("deterministic");
});

it("a derivative that is NaN at a kink fails, also at second order", () => {
  const nan = (x: Tensor): Tensor => multiply(x, Number.NaN) as Tensor;
  const domain = [{ low: -2, high: 2, edges: [0] }];
  const where: Primitive = {
    ...sin,
    domain,
    derivative: {
      kind: "elementwise",
      partials: [([x]) => (x.data.includes(0) ? nan(x) : cos(x))],
    },
  };
  expect(failures(where)).toContain("edges");
});

it("an operation without cases, domain or lowering cannot pass for tested", () => {
  const { cases: _cases, ...bare } = concatenate;
  expect(failures(bare)).toContain("value");
  expect(failures({ ...sin, domain: [{ low: 2, high: 1 }] })).toContain("description");
  expect(failures({ ...sin, doc: "" })).toContain("description");
  expect(failures({ ...sin, latex: () => "{" })).toContain("description");
  expect(
    failures({ ...sum, lower: { kind: "reduce", combine: "multiply", axes: ({ axes }) => axes } }),
  ).toContain("lowering");
});

it("an operation declared without a derivative must refuse one", () => {
  const silent: Primitive = {
    ...sin,
    cases: [{ inputs: [{ shape: [2] }], params: undefined }],
    derivative: { kind: "none", why: "by decree" },
  };
  expect(failures(silent)).toEqual([]);
  expect(results(silent).find(({ check }) => check.kind === "jvp")?.tally?.reasons).toEqual(
    new Map([["not differentiable: by decree", 1]]),
  );
});

it("an implementation that computes something else fails everything that computes", () => {
  const honest: Implementation =
    (f) =>
    (...xs) =>
      f(...xs);
  const wrong: Implementation =
    (f) =>
    (...xs) =>
      f(...xs).map((y) => (y.dtype === "f64" ? add(y, 1e-6) : y));
  expect(failures(sin, honest)).toEqual([]);
  expect(failures(sin, wrong)).toEqual(
    expect.arrayContaining([
      "value",
      "deterministic",
      "jvp",
      "vjp",
      "vmap",
      "edges",
      "second order",
    ]),
  );
});

it("kinks too dense to draw around are an error that says so", () => {
  const rough: Primitive = {
    ...sin,
    evaluate: ([x]) => {
      const data = Float64Array.from(x.data, (value) => Math.sin(value * 1e8));
      return { shape: x.shape, dtype: x.dtype, data };
    },
  };
  const [jvp] = conformance([rough]).filter(({ kind }) => kind === "jvp");
  expect(() => jvp?.run()).toThrow(/steps of different sizes to agree/);
});

it("an exception gives its reason, and is an error where it is not needed", () => {
  const frozen: Primitive = {
    ...sin,
    derivative: { kind: "elementwise", partials: [() => tensor([0])] },
  };
  const reason = "frozen on purpose";
  const [check] = conformance([{ ...frozen, name: "frozen" }], {
    exceptions: { "frozen: jvp": reason },
  }).filter(({ kind }) => kind === "jvp");
  expect(check?.run()).toEqual({ passed: 0, reasons: new Map([[reason, 1]]) });
  const [needless] = conformance([sin], { exceptions: { "sin: vmap": reason } }).filter(
    ({ kind }) => kind === "vmap",
  );
  expect(() => needless?.run()).toThrow(/remove it/);
  const { cases: _cases, ...bare } = concatenate;
  const why = "read and written by loops only";
  for (const one of conformance([bare], { exceptions: { concatenate: why } }))
    expect(one.run().reasons.size + one.run().passed, one.name).toBeGreaterThan(0);
});

it("the report counts situations and gives the reason for what did not apply", () => {
  const text = formatReport([...results(sin), ...results({ ...sin, name: "broken", doc: "" })]);
  expect(text).toMatch(/^sin +\d+/m);
  expect(text).toMatch(/^broken +FAIL/m);
  expect(text).toContain("– of one argument: 2 in broadcasting (sin, broken)");
  expect(text).toContain("2 operations, 34 checks");
  expect(text).toMatch(/1 failed$/);
});
