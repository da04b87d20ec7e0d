import { describe, expect, it } from "vitest";
import { compileSequence, sequencesOf } from "../../bench/accuracy/harness.mjs";
import { samples, ulps } from "../../bench/accuracy/measure.mjs";
import { emitProgram } from "../../src/compile/wasm/emit.js";
import { instantiate } from "../../src/compile/wasm/instantiate.js";
import { operations } from "../../src/operations.js";
import { Builder } from "../../src/program/builder.js";
import type { MathSequence } from "../../src/program/sequence.js";

type Reference = Parameters<typeof ulps>[0];

export type Floats = Float64Array | Float32Array;

const sequences = sequencesOf(operations);
const compiler = { Builder, emitProgram, instantiate };

/** Results of a function's sequence, compiled for a register type. */
export function compiled(
  name: string,
  type: "f64" | "f32" | "f64x2" | "f32x4",
  inputs: Floats[],
): Floats {
  const sequence = sequences.get(name) as MathSequence;
  const { length } = inputs[0] as Floats;
  return compileSequence(compiler, sequence, type, inputs.length, length)(...inputs);
}

/** Scalars, and their vectors. */
export const widths = [
  ["f64", "f64x2"],
  ["f32", "f32x4"],
] as const;

/** Tests functions against their references, and vectors against scalars. */
export function testBounds(references: Readonly<Record<string, Reference>>): void {
  describe.each(Object.entries(references))("%s", (name, reference) => {
    it.each(widths)(
      "stays within its bound in %s, exact at special values, vectors as scalars",
      (scalar, vector) => {
        const inputs = samples(reference, scalar, 400);
        const results = compiled(name, scalar, inputs);
        const failures = [...results].flatMap((result, i) => {
          const args = inputs.map((input) => input[i] as number);
          const error = ulps(reference, args, result, scalar);
          return error <= reference.bound ? [] : [`${name}(${args}) = ${result}: ${error} ulp`];
        });
        expect(failures).toEqual([]);
        const lanes = compiled(name, vector, inputs);
        expect([...results].filter((x, i) => !Object.is(x, lanes[i]))).toEqual([]);
      },
    );
  });
}
