import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import * as cotangent from "../src/index.js";
import { type DType, Tensor, tensor } from "../src/index.js";
import { expectClose } from "./support/derivatives.js";

interface Packed {
  readonly shape: number[];
  readonly dtype: DType;
  readonly data: (number | string)[];
}

interface Case {
  readonly args: unknown[];
  readonly expected: Packed | Packed[];
}

const reference: Record<string, Case[]> = JSON.parse(
  readFileSync(new URL("reference/structural.json", import.meta.url), "utf8"),
);

/** The argument as our functions take it: packed arrays as tensors. */
function unpack(value: unknown): unknown {
  if (typeof value === "string" && /^(NaN|-?Infinity)$/.test(value)) return Number(value);
  if (Array.isArray(value)) return value.map(unpack);
  if (typeof value !== "object" || value === null) return value;
  const { shape, dtype, data } = value as Packed;
  if (shape !== undefined && data !== undefined) return tensor(data.map(Number), shape, { dtype });
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, unpack(item)]));
}

const functions = cotangent as unknown as Record<string, (...args: unknown[]) => unknown>;

describe("reductions, running, structural, indexing and sorting operations agree with NumPy", () => {
  for (const [name, cases] of Object.entries(reference)) {
    it(`${name} in ${cases.length} cases`, () => {
      for (const { args, expected } of cases) {
        const result = functions[name]?.(...args.map(unpack));
        const results = result instanceof Tensor ? [result] : (result as Tensor[]);
        const wanted = Array.isArray(expected) ? expected : [expected];
        const what = `${name}(${JSON.stringify(args)})`;
        expect(results.length, what).toBe(wanted.length);
        wanted.forEach((want, i) => {
          const got = results[i] as Tensor;
          expect([got.shape, got.dtype], what).toEqual([want.shape, want.dtype]);
          expectClose(got.data, want.data.map(Number), 1e-14, what);
        });
      }
    });
  }
});
