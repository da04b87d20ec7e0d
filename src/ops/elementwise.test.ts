import katex from "katex";
import { describe, expect, it } from "vitest";
import type { Inputs } from "../core/primitive.js";
import * as cotangent from "../index.js";
import { applyOperation, operations, sin, sqrt, type Tensor, tensor } from "../index.js";

const elementwise = operations.filter(({ derivative }) => derivative.kind === "elementwise");

const parametersOf = (operation: (typeof operations)[number]): unknown[] => {
  const cases = typeof operation.cases === "function" ? operation.cases() : operation.cases;
  return cases === undefined ? [undefined] : cases.map(({ params }) => params);
};

describe("every elementwise operation", () => {
  it("has LaTeX that KaTeX takes, of letters, sums and nested calls", () => {
    const inputs = ["x", "\\left(x + 1\\right)", "\\sin x", "y_{12}"];
    for (const operation of elementwise) {
      for (const params of parametersOf(operation)) {
        for (let shift = 0; shift < inputs.length; shift++) {
          const turned = [...inputs.slice(shift), ...inputs.slice(0, shift)];
          const text = operation.latex?.(turned as unknown as Inputs<string>, params) ?? "";
          expect(text, operation.name).not.toMatch(/\\left\(\\left\(/);
          expect(
            () => katex.renderToString(text, { strict: "error" }),
            operation.name,
          ).not.toThrow();
        }
      }
    }
  });

  it("is exported under its own name, but for those that only derivatives and options need", () => {
    const internal = ["geluTanh", "i0Derivative", "decayingMoment", "erfcxIntegral"];
    const functions: Readonly<Record<string, unknown>> = { ...cotangent };
    const missing = elementwise.filter(({ name }) => functions[name] === undefined);
    expect(missing.map(({ name }) => name)).toEqual(internal);
  });

  it("refuses inputs of different shapes or dtypes: broadcasting is a node of its own", () => {
    const [x, y] = [tensor([1, 2]), tensor([1, 2, 3])] as [Tensor, Tensor];
    const single = tensor([1, 2], { dtype: "f32" }) as Tensor;
    for (const operation of elementwise) {
      if (operation.derivative.kind !== "elementwise") continue;
      if (operation.derivative.partials.length !== 2 || operation.name === "mask") continue;
      expect(() => applyOperation(operation, [x, y], undefined), operation.name).toThrow(
        `${operation.name}: expected inputs of one shape and dtype, got f64[2] and f64[3]`,
      );
      expect(() => applyOperation(operation, [x, single], undefined)).toThrow(
        /one shape and dtype/,
      );
      expect(() => applyOperation(operation, [x], undefined)).toThrow(/expected 2 inputs, got 1/);
    }
  });
});

describe("functions of real numbers", () => {
  it("compute integers and booleans in f64, f32 in f32", () => {
    expect(sqrt(tensor([4], { dtype: "i32" })).dtype).toBe("f64");
    expect(sqrt(tensor([true])).toArray()).toEqual([1]);
    expect(sin(tensor([1], { dtype: "f32" })).data).toEqual(Float32Array.of(Math.sin(1)));
  });
  it("do not take integers as operations", () => {
    const whole = tensor([4], { dtype: "i32" }) as Tensor;
    expect(() => applyOperation(sqrt.op, [whole])).toThrow(
      'sqrt: expected f32 or f64, got i32[1]\n  fix: cast(x, "f64")',
    );
  });
  it("keep empty and 0-d shapes", () => {
    expect(sqrt(tensor(new Float64Array(0), [0, 3])).shape).toEqual([0, 3]);
    expect(sqrt(4).shape).toEqual([]);
  });
});
