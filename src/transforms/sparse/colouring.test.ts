import fc from "fast-check";
import { expect, it } from "vitest";
import { colourColumns } from "./colouring.js";
import { IndexSets } from "./index-sets.js";
import { patternFrom, transposed } from "./pattern.js";

const places = (cells: readonly (readonly [number, number])[]) => ({
  row: cells.map(([row]) => row),
  col: cells.map(([, col]) => col),
});
const colouringOf = (cells: readonly (readonly [number, number])[], rows: number, cols: number) => {
  const pattern = patternFrom(places(cells), rows, cols);
  return colourColumns(pattern, transposed(pattern));
};
const cells = fc.array(fc.tuple(fc.integer({ min: 0, max: 7 }), fc.integer({ min: 0, max: 11 })), {
  maxLength: 40,
});

it("no two columns of one colour meet in a row, and every column with entries has one", () => {
  fc.assert(
    fc.property(cells, (list) => {
      const { colours, count } = colouringOf(list, 8, 12);
      for (let row = 0; row < 8; row++) {
        const own = new Set(list.filter(([r]) => r === row).map(([, c]) => c));
        expect(new Set([...own].map((c) => colours[c])).size).toBe(own.size);
      }
      for (let c = 0; c < 12; c++)
        expect((colours[c] as number) >= 0).toBe(list.some(([, col]) => col === c));
      expect(count).toBe(Math.max(-1, ...colours) + 1);
    }),
    { seed: 1 },
  );
});

it("bands take as many colours as they are wide, a full row as many as there are columns", () => {
  const band = Array.from({ length: 50 }, (_, i) => i).flatMap((i) =>
    [-1, 0, 1].flatMap((d): [number, number][] => (i + d < 0 || i + d > 49 ? [] : [[i, i + d]])),
  );
  expect(colouringOf(band, 50, 50).count).toBe(3);
  const full = Array.from({ length: 50 }, (_, c): [number, number] => [0, c]);
  expect(colouringOf([...band, ...full], 50, 50).count).toBe(50);
  expect(colouringOf([], 3, 3).count).toBe(0);
});

it("the order by incidence degree helps where largest first takes too many", () => {
  // columns that meet in a ring, all of one degree: largest first begins with two opposite ones and needs three colours
  const ring = [0, 2, 3, 1, 4, 5].flatMap((c, i, all): [number, number][] => [
    [i, c],
    [i, all[(i + 1) % 6] as number],
  ]);
  expect(colouringOf(ring, 6, 6).count).toBe(2);
});

it("a pattern transposed twice is itself, in order and without repetitions", () => {
  fc.assert(
    fc.property(cells, (list) => {
      const pattern = patternFrom(places(list), 8, 12);
      expect(transposed(transposed(pattern))).toEqual(pattern);
      const expected = [...new Set(list.map(([r, c]) => r * 12 + c))].sort((a, b) => a - b);
      const got = [...pattern.indices].map((c, i) => {
        const row = pattern.indptr.findLastIndex((start) => start <= i);
        return row * 12 + c;
      });
      expect(got).toEqual(expected);
    }),
    { seed: 1 },
  );
});

it("equal sets have one number, however they came about", () => {
  const list = fc.array(fc.integer({ min: 0, max: 99 }), { maxLength: 60 });
  fc.assert(
    fc.property(list, list, fc.boolean(), (a, b, swapped) => {
      const sets = new IndexSets(100);
      const setOf = (columns: readonly number[]) =>
        columns.reduce((id, column) => sets.union(id, sets.single(column)), 0);
      const union = swapped
        ? sets.union(setOf(b), setOf(a))
        : sets.unionOf(
            Int32Array.from([...a, ...b], (c) => sets.single(c)),
            0,
            a.length + b.length,
          );
      expect(union).toBe(setOf([...b, ...a]));
      expect([...sets.of(union)]).toEqual([...new Set([...a, ...b])].sort((x, y) => x - y));
    }),
    { seed: 1 },
  );
});

it("many sets are told apart", () => {
  const sets = new IndexSets(5000);
  const pairs = Array.from({ length: 4999 }, (_, c) =>
    sets.union(sets.single(c), sets.single(c + 1)),
  );
  expect(new Set(pairs).size).toBe(4999);
  expect([...sets.of(pairs[4998] as number)]).toEqual([4998, 4999]);
});
