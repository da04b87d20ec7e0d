import { describe, expect, it } from "vitest";
import { samples } from "../../bench/accuracy/measure.mjs";
import { composite } from "../../bench/accuracy/references-composite.mjs";
import { elementary } from "../../bench/accuracy/references-elementary.mjs";
import { floorDivide, fmod, remainder } from "../../src/ops/numerics/remainder.js";
import { compiled, type Floats, testBounds, widths } from "../support/sequences.js";

testBounds({ ...elementary, ...composite });

describe("remainders are the interpreter's, bit for bit", () => {
  const kinds = { fmod, remainder, floorDivide };
  describe.each(Object.entries(kinds))("%s", (name, evaluate) => {
    it.each(widths)("in %s", (scalar, vector) => {
      const hard = [1, 3, -7, 0.1, 2 ** 50, 2 ** 22, 2 ** -900, 2 ** -1060, 2 ** 900, 2 ** -70];
      const ranges = [
        [-10, 10],
        [-1, 1],
        [1e5, 1e9],
      ] as const;
      const inputs = samples({ arity: 2, hard, ranges }, scalar, 20_000);
      const [x, y] = inputs as [Floats, Floats];
      const expected = x.map((value, i) => evaluate(value, y[i] as number));
      for (const type of [scalar, vector]) {
        const results = compiled(name, type, inputs);
        const failures = [...results].flatMap((result, i) =>
          Object.is(result, expected[i])
            ? []
            : [`${name}(${x[i]}, ${y[i]}) = ${result}, not ${expected[i]}`],
        );
        expect(failures).toEqual([]);
      }
    });
  });
});

describe("exactness", () => {
  /** Each set of arguments beside its result. */
  function all(name: string, sets: readonly (readonly number[])[]): (readonly number[])[] {
    const length = Math.ceil(sets.length / 4) * 4;
    const inputs = (sets[0] as readonly number[]).map((_, k) =>
      Float64Array.from({ length }, (_, i) => sets[i]?.[k] ?? 0),
    );
    const results = compiled(name, "f64x2", inputs);
    return sets.map((set, i) => [...set, results[i] as number]);
  }

  it("pow of whole numbers is exact where the result is", () => {
    const sets = [];
    for (let x = 1; x <= 40; x++)
      for (let y = 0; x ** y < 2 ** 53 && y < 53; y++) sets.push([x, y], [-x, y]);
    const expected = sets.map(([x, y]) => [
      x,
      y,
      Number(BigInt(x as number) ** BigInt(y as number)),
    ]);
    expect(all("power", sets)).toEqual(expected);
  });

  it("cbrt of cubes and hypot of Pythagorean triples are exact", () => {
    const whole = Array.from({ length: 1000 }, (_, i) => i - 500);
    expect(
      all(
        "cbrt",
        whole.map((x) => [x * x * x]),
      ),
    ).toEqual(whole.map((x) => [x * x * x, x]));
    const triples = whole.map((x) => [3 * x, -4 * x, 5 * Math.abs(x)]);
    expect(
      all(
        "hypot",
        triples.map((triple) => triple.slice(0, 2)),
      ),
    ).toEqual(triples);
  });
});
