import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as pairs from "./pair.js";

const number = fc
  .tuple(
    fc.integer({ min: -(2 ** 31), max: 2 ** 31 }),
    fc.nat(2 ** 21),
    fc.integer({ min: -90, max: 90 }),
  )
  .map(([head, tail, power]) => (head + tail / 2 ** 21) * 2 ** power);

/** x · 2^400, whole for the numbers drawn here and their products. */
function exact(x: number): bigint {
  let value = x;
  let shift = 400;
  for (; !Number.isInteger(value); shift--) value *= 2;
  return BigInt(value) << BigInt(shift);
}

function exactPair({ hi, lo }: pairs.Pair): bigint {
  return exact(hi) + exact(lo);
}

describe("numerics/pair", () => {
  it("twoSum and twoProduct lose nothing", () => {
    fc.assert(
      fc.property(number, number, (a, b) => {
        const sum = pairs.twoSum(a, b);
        expect(sum.hi).toBe(a + b);
        expect(exactPair(sum)).toBe(exact(a) + exact(b));
        const product = pairs.twoProduct(a, b);
        expect(product.hi).toBe(a * b);
        expect(exactPair(product) << 400n).toBe(exact(a) * exact(b));
      }),
    );
  });

  it("arithmetic of pairs is good to 2^-98", () => {
    const pair = fc.tuple(number, number).map(([a, b]) => pairs.twoSum(a, b * 2 ** -60));
    fc.assert(
      fc.property(pair, pair, (a, b) => {
        const [x, y] = [exactPair(a), exactPair(b)];
        fc.pre(x !== 0n && y !== 0n);
        const close = (got: bigint, want: bigint, of: bigint) => {
          const error = got > want ? got - want : want - got;
          expect(error << 98n <= (of < 0n ? -of : of)).toBe(true);
        };
        close(exactPair(pairs.sum(a, b)), x + y, x + y);
        close(exactPair(pairs.difference(a, b)), x - y, x - y);
        close(exactPair(pairs.product(a, b)) << 400n, x * y, x * y);
        close(exactPair(pairs.quotient(a, b)) * y, x << 400n, x << 400n);
        close(exactPair(pairs.plus(a, b.hi)), x + exact(b.hi), x + exact(b.hi));
        close(exactPair(pairs.times(a, b.hi)) << 400n, x * exact(b.hi), x * exact(b.hi));
      }),
    );
  });
});
