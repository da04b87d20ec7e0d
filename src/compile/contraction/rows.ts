import type { Operand, RegisterType, Routine, Variable } from "../../program/types.js";
import {
  advance,
  behind,
  bytesOf,
  type Float,
  pointer,
  routineOf,
  sumOf,
  vectorOf,
  widthOf,
} from "./routine.js";

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
  const [bytes, width, register] = [bytesOf(type), widthOf(type), vectorOf(type)];
  const vectors = vectorsPerStep(rows);
  const names = "matrix vector result next groups steps more";
  return routineOf("dot", names, (b, matrix, vector, result, next, groups, steps, more) => {
    const [first, to] = [pointer(b, matrix), pointer(b, result)];
    b.loop(0, groups, () => {
      const sums = Array.from({ length: rows * vectors }, () => sumOf(b, register));
      const [left, right] = [pointer(b, b.read(first)), pointer(b, vector)];
      const step = (count: number): void => {
        const [l, r] = [b.read(left), b.read(right)];
        for (let j = 0; j < count; j++) {
          const factor = b.load(register, type, behind(r, 16 * j));
          for (let i = 0; i < rows; i++) {
            const sum = sums[i * vectors + j] as Variable;
            const element = b.load(register, type, behind(l, i * row + 16 * j));
            b.assign(sum, b.madd(element, factor, b.read(sum)));
          }
        }
        advance(b, left, 16 * count);
        advance(b, right, 16 * count);
      };
      b.loop(0, steps, () => step(vectors));
      step(Math.floor(rest / width));
      for (let i = 0; i < rows; i++) {
        const add = (all: readonly Operand[]): Operand => all.reduce((x, y) => b.add(x, y));
        const own = add(sums.slice(i * vectors, (i + 1) * vectors).map((sum) => b.read(sum)));
        const total = b.variable(type);
        b.assign(total, add(Array.from({ length: width }, (_, lane) => b.lane(own, lane))));
        for (let k = 0; k < rest % width; k++) {
          const element = b.load(type, type, behind(b.read(left), i * row + k * bytes));
          const factor = b.load(type, type, behind(b.read(right), k * bytes));
          b.assign(total, b.madd(element, factor, b.read(total)));
        }
        const place = behind(b.read(to));
        b.branch(b.compare("ne", more, 0), () =>
          b.assign(total, b.add(b.load(type, type, place), b.read(total))),
        );
        b.store(type, place, b.read(total));
        advance(b, to, next);
      }
      advance(b, first, rows * row);
    });
  });
}

/**
 * Adds multiples of the rows of a matrix, `rows` of them (`row` bytes apart) at a time, to a result of `vectors`
 * vectors and `rest` elements more.
 *
 * Parameters: matrix, factors (one per row), result, the number of groups of rows, and of vectors.
 */
export function addRowsRoutine(type: Float, rows: number, row: number, rest: number): Routine {
  const [bytes, register] = [bytesOf(type), vectorOf(type)];
  const names = "matrix factors result groups vectors";
  return routineOf("addRows", names, (b, matrix, factors, result, groups, vectors) => {
    const [first, factor] = [pointer(b, matrix), pointer(b, factors)];
    b.loop(0, groups, () => {
      const at = b.read(factor);
      const scalars = Array.from({ length: rows }, (_, i) =>
        b.load(type, type, behind(at, i * bytes)),
      );
      const splats = scalars.map((scalar) => b.splat(scalar, register));
      const [from, to] = [pointer(b, b.read(first)), pointer(b, result)];
      const add = (of: RegisterType, own: readonly Operand[], offset: number): void => {
        const source = b.read(from);
        const sum = own.reduce((total: Operand | undefined, one, i) => {
          const element = b.load(of, type, behind(source, i * row + offset));
          return total === undefined ? b.mul(one, element) : b.madd(one, element, total);
        }, undefined);
        const place = behind(b.read(to), offset);
        b.store(type, place, b.add(b.load(of, type, place), sum as Operand));
      };
      b.loop(0, vectors, () => {
        add(register, splats, 0);
        advance(b, from, 16);
        advance(b, to, 16);
      });
      for (let lane = 0; lane < rest; lane++) add(type, scalars, lane * bytes);
      advance(b, first, rows * row);
      advance(b, factor, rows * bytes);
    });
  });
}
