import type { Operand, Routine, Variable } from "../../program/types.js";
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

/** Rows of a tile; a tile has two vectors of columns. */
export const tileRows = 4;

/**
 * Tiles of a result below one another: each the product of `rows` packed rows by the same packed columns, added to
 * what the result holds if `more`. A tile stays in eight vector registers over the whole sum: with more, V8 spills.
 *
 * Parameters: left, right, result, bytes from row to row of it, the number of tiles, of terms, and `more`.
 */
export function tileRoutine(type: Float, rows: number, columns: number): Routine {
  const [bytes, width, vector] = [bytesOf(type), widthOf(type), vectorOf(type)];
  const vectors = Math.ceil(columns / width);
  const leftStep = tileRows * bytes;
  return routineOf(
    "tile",
    "left right result row tiles terms more",
    (b, left, right, result, row, tiles, terms, more) => {
      const [from, to] = [pointer(b, left), pointer(b, result)];
      const length = b.mul(terms, leftStep);
      b.loop(0, tiles, () => {
        const sums = Array.from({ length: rows * vectors }, () => sumOf(b, vector));
        const columnsAt = pointer(b, right);
        const start = b.read(from);
        const end = b.add(start, length);
        b.loop(
          start,
          end,
          (at) => {
            const factors = Array.from({ length: vectors }, (_, j) =>
              b.load(vector, type, behind(b.read(columnsAt), 16 * j)),
            );
            for (let i = 0; i < rows; i++) {
              const factor = b.splat(b.load(type, type, behind(at, i * bytes)), vector);
              factors.forEach((column, j) => {
                const sum = sums[i * vectors + j] as Variable;
                b.assign(sum, b.madd(factor, column, b.read(sum)));
              });
            }
            advance(b, columnsAt, 32);
          },
          { step: leftStep },
        );
        b.assign(from, end);
        const store = (add: boolean): void =>
          sums.forEach((sum, n) => {
            const j = n % vectors;
            const value = b.read(sum);
            const put = (piece: Operand, offset: number): void => {
              const place = behind(b.read(to), 16 * j + offset);
              b.store(type, place, add ? b.add(b.load(piece.type, type, place), piece) : piece);
            };
            const lanes = columns - j * width;
            if (lanes >= width) put(value, 0);
            else for (let lane = 0; lane < lanes; lane++) put(b.lane(value, lane), lane * bytes);
            if (j === vectors - 1) advance(b, to, row);
          });
        b.branch(
          b.compare("ne", more, 0),
          () => store(true),
          () => store(false),
        );
      });
    },
  );
}
