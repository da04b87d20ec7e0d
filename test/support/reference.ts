import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import * as cotangent from "../../src/index.js";
import { type DType, Tensor, tensor } from "../../src/index.js";
import { expectClose } from "./derivatives.js";

interface Packed {
  readonly shape: number[];
  readonly dtype: DType;
  readonly data: (number | string)[];
}

/** A call of one of our functions and what the reference implementation gives. */
interface Case {
  readonly args: unknown[];
  readonly expected: Packed | Packed[];
}

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

/** One test per function of a file written by scripts/reference: shapes and dtypes exactly, values to `tolerance`. */
export function itAgreesWith(file: string, tolerance: number): void {
  const reference: Record<string, Case[]> = JSON.parse(
    readFileSync(new URL(`../reference/${file}`, import.meta.url), "utf8"),
  );
  for (const [name, cases] of Object.entries(reference)) {
    it(`${name} in ${cases.length} cases`, () => {
      for (const { args, expected } of cases) {
        const what = `${name}(${JSON.stringify(args)})`;
        const result = functions[name]?.(...args.map(unpack));
        const results = result instanceof Tensor ? [result] : (result as Tensor[]);
        const wanted = Array.isArray(expected) ? expected : [expected];
        expect(results?.length, what).toBe(wanted.length);
        wanted.forEach((want, i) => {
          const got = results[i] as Tensor;
          expect([got.shape, got.dtype], what).toEqual([want.shape, want.dtype]);
          expectClose(got.data, want.data.map(Number), tolerance, what);
        });
      }
    });
  }
}
