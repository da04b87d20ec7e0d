import type { DType } from "../../core/dtype.js";
import type { KernelContext } from "../../core/kernel.js";
import { type Shape, sizeOf } from "../../core/shape.js";
import type { Builder } from "../../program/builder.js";
import { registerOf } from "../../program/elements.js";
import type { Operand } from "../../program/types.js";
import { loadElement, storeElement } from "./place.js";

/** A value carried along a line. */
export interface Cell {
  read(): Operand;
  write(value: Operand): void;
}

export interface LineOptions {
  readonly axis: number;
  readonly reverse?: boolean;
  /** dtypes of what is carried. */
  readonly carried: readonly DType[];
  /** Visits an element: its position in the tensor, its index along the line. */
  visit(at: Operand, index: Operand, cells: readonly Cell[], isFirst: boolean): void;
  /** Visits a line that is done: its number. */
  end?(line: Operand, cells: readonly Cell[]): void;
}

/** The dtype that f32 is carried in where every step rounds: as the interpreter, which computes in f64. */
export function wide(dtype: DType): DType {
  return dtype === "f32" ? "f64" : dtype;
}

/** So many lines behind one another run together: each waits for its last step, not for the others. */
const together = 4;

/** Visits the elements of every line along an axis in their order; lines that lie side by side run together. */
export function alongLines(
  { builder: b, scratch }: Pick<KernelContext, "builder" | "scratch">,
  shape: Shape,
  { axis, reverse, carried, visit, end }: LineOptions,
): void {
  if (sizeOf(shape) === 0) return;
  const length = shape[axis] as number;
  const inner = sizeOf(shape.slice(axis + 1));
  const lines = sizeOf(shape.slice(0, axis));
  const inOrder = (run: (along: Operand, index: Operand, isFirst: boolean) => void): void => {
    const step = (index: Operand, isFirst: boolean): void =>
      run(reverse === true ? b.sub(b.i32(length - 1), index) : index, index, isFirst);
    step(b.i32(0), true);
    b.loop(1, length, (index) => step(index, false));
  };
  if (inner === 1) {
    const whole = lines - (lines % together);
    const some = (from: Operand, count: number): void => {
      const starts = Array.from({ length: count }, (_, k) => b.mul(b.add(from, k), length));
      const cells = starts.map(() => carried.map((dtype) => cellIn(b, dtype)));
      inOrder((along, index, isFirst) => {
        starts.forEach((start, k) => {
          visit(b.add(start, along), index, cells[k] as Cell[], isFirst);
        });
      });
      cells.forEach((own, k) => {
        end?.(b.add(from, k), own);
      });
    };
    b.loop(0, whole, (from) => some(from, together), { step: together });
    b.loop(whole, lines, (from) => some(from, 1));
    return;
  }
  const cellsAt = carried.map((dtype): ((column: Operand) => Cell) => {
    const row = scratch(dtype, inner);
    return (column) => ({
      read: () => loadElement(b, row, column),
      write: (value) => storeElement(b, row, column, value),
    });
  });
  const columns = (run: (column: Operand, cells: readonly Cell[]) => void): void => {
    b.loop(
      0,
      inner,
      (column) => {
        run(
          column,
          cellsAt.map((cellAt) => cellAt(column)),
        );
      },
      { independent: true },
    );
  };
  b.loop(0, lines, (outer) => {
    const start = b.mul(outer, length * inner);
    inOrder((along, index, isFirst) => {
      const from = b.add(start, b.mul(along, inner));
      columns((column, cells) => visit(b.add(from, column), index, cells, isFirst));
    });
    if (end !== undefined)
      columns((column, cells) => end(b.add(b.mul(outer, inner), column), cells));
  });
}

function cellIn(b: Builder, dtype: DType): Cell {
  const variable = b.variable(registerOf(dtype), "carried");
  return { read: () => b.read(variable), write: (value) => b.assign(variable, value) };
}
