import fc from "fast-check";

const least = -2147483648;

/** Integers of each dtype: any, small ones, and those at the ends. */
export const i32: fc.Arbitrary<number> = fc.oneof(
  fc.integer(),
  fc.integer({ min: -9, max: 9 }),
  fc.constantFrom(least, -1, 2147483647),
);
export const u32: fc.Arbitrary<number> = fc.oneof(
  fc.integer({ min: 0, max: 4294967295 }),
  fc.integer({ min: 0, max: 9 }),
  fc.constantFrom(4294967295, 2147483648),
);
