import fc from "fast-check";
import { expect, test } from "vitest";
import { lightestCut, type Vertex } from "./cut.js";

/** Each vertex follows from later ones, or can only be kept. */
const graphs = fc.integer({ min: 1, max: 9 }).chain((count) =>
  fc.record({
    wanted: fc.uniqueArray(fc.nat(count - 1), { minLength: 1, maxLength: 4 }),
    vertices: fc.tuple(
      ...Array.from({ length: count }, (_, v) =>
        fc.record({
          weight: fc.integer({ min: 1, max: 5 }),
          // beyond the end: nothing
          from: fc.option(fc.uniqueArray(fc.integer({ min: v + 1, max: count })), {
            nil: undefined,
          }),
        }),
      ),
    ),
  }),
);

function follow(vertices: readonly Vertex[], kept: ReadonlySet<number>): boolean[] {
  const known = vertices.map(() => false);
  for (let v = vertices.length - 1; v >= 0; v--)
    known[v] = kept.has(v) || vertices[v]?.from?.every((u) => known[u] === true) === true;
  return known;
}

const weigh = (vertices: readonly Vertex[], kept: Iterable<number>): number =>
  [...kept].reduce((sum, v) => sum + (vertices[v] as Vertex).weight, 0);

test("all that is wanted follows from what is kept, and nothing lighter will do", () => {
  fc.assert(
    fc.property(graphs, ({ vertices: drawn, wanted }) => {
      const count = drawn.length;
      const vertices = drawn.map(({ weight, from }) => ({
        weight,
        from: from?.filter((u) => u < count),
      }));
      const kept = lightestCut(vertices, wanted);
      const works = (set: ReadonlySet<number>) => {
        const known = follow(vertices, set);
        return wanted.every((v) => known[v]);
      };
      expect(works(new Set(kept))).toBe(true);
      for (let bits = 0; bits < 2 ** count; bits++) {
        const other = vertices.flatMap((_, v) => ((bits >> v) & 1 ? [v] : []));
        if (works(new Set(other)))
          expect(weigh(vertices, other)).toBeGreaterThanOrEqual(weigh(vertices, kept));
      }
    }),
    { numRuns: 500 },
  );
});

test("of sets that weigh the same it keeps what is nearest", () => {
  const chain = [0, 1, 2].map((v) => ({ weight: 1, from: v < 2 ? [v + 1] : undefined }));
  expect(lightestCut(chain, [0])).toEqual([0]);
});
