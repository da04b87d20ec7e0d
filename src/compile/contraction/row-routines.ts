import type { Builder } from "../program/builder.js";
import type { Operand, Routine, Variable } from "../program/types.js";
import { advance, behind, bytesOf, type Float, routineOf, vectorOf, widthOf } from "./routine.js";

/** Vectors that one step of `dotRoutine` takes of each row: so many sums hide the latency of an addition. */
export function vectorsPerStep(rows: number): number {
  return rows === 1 ? 4 : 2;
}

/**
 * Products of rows of a matrix with a vector, `rows` of them (`row` bytes apart) at a time: `steps` steps of whole
 * vectors, then `rest` elements more.
 *
 * Parameters: matrix, vector, result, bytes from one result to the next, the number of groups of rows, of steps, and
 * whether to add to what the result holds.
 */
export function dotRoutine(type: Float, rows: number, row: number, rest: number): Routine {
  const [bytes, width, vector] = [bytesOf(type), widthOf(type), vectorOf(type)];
  const vectors = vectorsPerStep(rows);
  const names = ["matrix", "vector", "result", "next", "groups", "steps", "more"] as const;
  return routineOf("dot", names, (b, given) => {
    const [first, to] = [b.variable("i32"), b.variable("i32")];
    const [left, right] = [b.variable("i32"), b.variable("i32")];
    b.assign(first, given.matrix);
    b.assign(to, given.result);
    b.loop(0, given.groups, () => {
      const sums = Array.from({ length: rows * vectors }, () => b.variable(vector, "sum"));
      for (const sum of sums) b.assign(sum, b.constant(vector, 0));
      b.assign(left, b.read(first));
      b.assign(right, given.vector);
      const step = (count: number): void => {
        const [l, r] = [b.read(left), b.read(right)];
        for (let j = 0; j < count; j++) {
          const factor = b.load(vector, type, behind(r, 16 * j));
          for (let i = 0; i < rows; i++) {
            const sum = sums[i * vectors + j] as Variable;
            const element = b.load(vector, type, behind(l, i * row + 16 * j));
            b.assign(sum, b.madd(element, factor, b.read(sum)));
          }
        }
        advance(b, left, b.i32(16 * count));
        advance(b, right, b.i32(16 * count));
      };
      b.loop(0, given.steps, () => step(vectors));
      step(Math.floor(rest / width));
      for (let i = 0; i < rows; i++) {
        const own = sums.slice(i * vectors, (i + 1) * vectors).map((sum) => b.read(sum));
        let total = sumOfLanes(
          b,
          own.reduce((a, c) => b.add(a, c)),
          width,
        );
        for (let k = 0; k < rest % width; k++) {
          const element = b.load(type, type, behind(b.read(left), i * row + k * bytes));
          total = b.madd(element, b.load(type, type, behind(b.read(right), k * bytes)), total);
        }
        const place = behind(b.read(to));
        const old = b.variable(type, "old");
        b.assign(old, b.constant(type, 0));
        b.branch(b.compare("ne", given.more, b.i32(0)), () =>
          b.assign(old, b.load(type, type, place)),
        );
        b.store(type, place, b.add(total, b.read(old)));
        advance(b, to, given.next);
      }
      advance(b, first, b.i32(rows * row));
    });
  });
}

function sumOfLanes(b: Builder, value: Operand, width: number): Operand {
  const pairs = [0, 2]
    .slice(0, width / 2)
    .map((i) => b.add(b.lane(value, i), b.lane(value, i + 1)));
  return pairs.reduce((a, c) => b.add(a, c));
}

/**
 * Adds multiples of the rows of a matrix, `rows` of them (`row` bytes apart) at a time, to a result of `vectors`
 * vectors and `rest` elements more.
 *
 * Parameters: matrix, factors (one per row), result, the number of groups of rows, and of vectors.
 */
export function addRowsRoutine(type: Float, rows: number, row: number, rest: number): Routine {
  const [bytes, vector] = [bytesOf(type), vectorOf(type)];
  const names = ["matrix", "factors", "result", "groups", "vectors"] as const;
  return routineOf("addRows", names, (b, given) => {
    const [first, factor] = [b.variable("i32"), b.variable("i32")];
    const [from, to] = [b.variable("i32"), b.variable("i32")];
    b.assign(first, given.matrix);
    b.assign(factor, given.factors);
    b.loop(0, given.groups, () => {
      const at = b.read(factor);
      const scalars = Array.from({ length: rows }, (_, i) =>
        b.load(type, type, behind(at, i * bytes)),
      );
      const splats = scalars.map((scalar) => b.splat(scalar, vector));
      b.assign(from, b.read(first));
      b.assign(to, given.result);
      const add = (factors: readonly Operand[], offset: number): void => {
        const [register, source] = [(factors[0] as Operand).type, b.read(from)];
        const terms = factors.map(
          (own, i) => [own, b.load(register, type, behind(source, i * row + offset))] as const,
        );
        const sum = terms
          .slice(1)
          .reduce(
            (total, [own, element]) => b.madd(own, element, total),
            b.mul(...(terms[0] as [Operand, Operand])),
          );
        const place = behind(b.read(to), offset);
        b.store(type, place, b.add(b.load(register, type, place), sum));
      };
      b.loop(0, given.vectors, () => {
        add(splats, 0);
        advance(b, from, b.i32(16));
        advance(b, to, b.i32(16));
      });
      for (let lane = 0; lane < rest; lane++) add(scalars, lane * bytes);
      advance(b, first, b.i32(rows * row));
      advance(b, factor, b.i32(rows * bytes));
    });
  });
}

/** result += numbers: parameters from, to, the number of vectors; then `rest` elements more. */
export function accumulateRoutine(type: Float, rest: number): Routine {
  const [bytes, vector] = [bytesOf(type), vectorOf(type)];
  return routineOf("accumulate", ["from", "to", "vectors"] as const, (b, given) => {
    const [from, to] = [b.variable("i32"), b.variable("i32")];
    b.assign(from, given.from);
    b.assign(to, given.to);
    const add = (register: typeof vector, offset: number): void => {
      const place = behind(b.read(to), offset);
      const added = b.load(register, type, behind(b.read(from), offset));
      b.store(type, place, b.add(b.load(register, type, place), added));
    };
    b.loop(0, given.vectors, () => {
      add(vector, 0);
      advance(b, from, b.i32(16));
      advance(b, to, b.i32(16));
    });
    for (let lane = 0; lane < rest; lane++) add(type, lane * bytes);
  });
}
