import type { Builder } from "../program/builder.js";
import type { Operand, Routine, Variable } from "../program/types.js";
import { advance, behind, bytesOf, type Float, routineOf, vectorOf, widthOf } from "./routine.js";

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
  const [leftStep, rightStep] = [tileRows * bytes, 2 * width * bytes];
  const names = ["left", "right", "result", "row", "tiles", "terms", "more"] as const;
  return routineOf(`tile${rows}x${columns}`, names, (b, given) => {
    const [from, to, r] = [b.variable("i32"), b.variable("i32"), b.variable("i32")];
    b.assign(from, given.left);
    b.assign(to, given.result);
    const length = b.mul(given.terms, b.i32(leftStep));
    b.loop(0, given.tiles, () => {
      const sums = Array.from({ length: rows * vectors }, () => b.variable(vector, "sum"));
      for (const sum of sums) b.assign(sum, b.constant(vector, 0));
      b.assign(r, given.right);
      const start = b.read(from);
      const end = b.add(start, length);
      b.loop(
        start,
        end,
        (left) => {
          const right = b.read(r);
          const factors = Array.from({ length: vectors }, (_, j) =>
            b.load(vector, type, behind(right, 16 * j)),
          );
          for (let i = 0; i < rows; i++) {
            const factor = b.splat(b.load(type, type, behind(left, i * bytes)), vector);
            for (let j = 0; j < vectors; j++) {
              const sum = sums[i * vectors + j] as Variable;
              b.assign(sum, b.madd(factor, factors[j] as Operand, b.read(sum)));
            }
          }
          advance(b, r, b.i32(rightStep));
        },
        { step: leftStep },
      );
      b.assign(from, end);
      const store = (add: boolean): void => {
        for (let i = 0; i < rows; i++) {
          const at = b.read(to);
          for (let j = 0; j < vectors; j++) {
            const sum = b.read(sums[i * vectors + j] as Variable);
            storeVector(b, type, sum, at, 16 * j, columns - j * width, add);
          }
          advance(b, to, given.row);
        }
      };
      const more = b.compare("ne", given.more, b.i32(0));
      b.branch(
        more,
        () => store(true),
        () => store(false),
      );
    });
  });
}

/** Stores the first `lanes` of a vector, or adds them to what is there. */
export function storeVector(
  b: Builder,
  type: Float,
  value: Operand,
  at: Operand,
  offset: number,
  lanes: number,
  add: boolean,
): void {
  const put = (piece: Operand, further: number): void => {
    const place = behind(at, offset + further);
    b.store(type, place, add ? b.add(b.load(piece.type, type, place), piece) : piece);
  };
  if (lanes >= widthOf(type)) put(value, 0);
  else for (let lane = 0; lane < lanes; lane++) put(b.lane(value, lane), lane * bytesOf(type));
}
