import { ShapeError } from "./errors.js";

/** The lengths of a tensor's axes; `[]` is a scalar. Static: known when a function is traced. */
export type Shape = readonly number[];

export function sizeOf(shape: Shape): number {
  let size = 1;
  for (let axis = 0; axis < shape.length; axis++) size *= shape[axis] as number;
  return size;
}

/** Row-major strides, in elements. */
export function stridesOf(shape: Shape): number[] {
  const strides = new Array<number>(shape.length);
  let stride = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    strides[axis] = stride;
    stride *= shape[axis] as number;
  }
  return strides;
}

/** Where the element at `index` lies: Σ strides·index. */
export function offsetOf(index: readonly number[], strides: readonly number[]): number {
  let offset = 0;
  for (let axis = 0; axis < index.length; axis++)
    offset += (index[axis] as number) * (strides[axis] as number);
  return offset;
}

export function sameShape(a: Shape, b: Shape): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  for (let axis = 0; axis < a.length; axis++) if (a[axis] !== b[axis]) return false;
  return true;
}

/** The entries that a list of one per axis has at `axes`. */
export function atAxes(entries: readonly number[], axes: readonly number[]): number[] {
  return axes.map((axis) => entries[axis] as number);
}

/** A list of one entry per axis with one more, which then stands at `axis`. */
export function inserted(entries: readonly number[], axis: number, entry: number): number[] {
  return [...entries.slice(0, axis), entry, ...entries.slice(axis)];
}

/** The axes of a shape that are not among `axes`, in their order. */
export function otherAxes(shape: Shape, axes: readonly number[]): number[] {
  return [...shape.keys()].filter((axis) => !axes.includes(axis));
}

export function formatShape(shape: Shape): string {
  return `[${shape.join(", ")}]`;
}

/** NumPy's broadcasting of several shapes; throws ShapeError naming them all. */
export function broadcastShapes(operation: string, ...shapes: readonly Shape[]): number[] {
  const rank = Math.max(0, ...shapes.map((shape) => shape.length));
  const result = new Array<number>(rank).fill(1);
  for (const shape of shapes) {
    for (let i = 0; i < shape.length; i++) {
      const axis = rank - shape.length + i;
      const length = shape[i] as number;
      if (length === 1 || length === result[axis]) continue;
      if (result[axis] !== 1) {
        throw new ShapeError(operation, {
          expected: "shapes that broadcast (equal lengths, or 1, counted from the last axis)",
          received: shapes.map(formatShape).join(" and "),
        });
      }
      result[axis] = length;
    }
  }
  return result;
}

/** A position among `length`, counted from the front; negative ones count from the end. Undefined where there is none. */
export function fromFront(position: number, length: number): number | undefined {
  if (!Number.isInteger(position) || position < -length || position >= length) return undefined;
  return position < 0 ? position + length : position;
}

/** An axis counted from the front; negative axes count from the end. */
export function normalizeAxis(operation: string, axis: number, rank: number): number {
  const found = fromFront(axis, rank);
  if (found === undefined) {
    throw new ShapeError(operation, {
      expected:
        rank === 0 ? "no axis: the tensor is a scalar" : `an axis from ${-rank} to ${rank - 1}`,
      received: String(axis),
    });
  }
  return found;
}

/** Sorted, distinct axes; `undefined` or `null` means all of them. */
export function normalizeAxes(
  operation: string,
  axes: number | readonly number[] | null | undefined,
  rank: number,
): number[] {
  if (axes === undefined || axes === null) return Array.from({ length: rank }, (_, axis) => axis);
  if (typeof axes !== "number" && !Array.isArray(axes)) {
    throw new ShapeError(operation, {
      expected: "an axis or a list of axes",
      received: String(axes),
    });
  }
  const list = (typeof axes === "number" ? [axes] : axes).map((axis) =>
    normalizeAxis(operation, axis, rank),
  );
  if (new Set(list).size !== list.length) {
    throw new ShapeError(operation, { expected: "each axis once", received: formatShape(list) });
  }
  return list.sort((a, b) => a - b);
}

/** Throws unless every length is a whole number ≥ 0. */
export function checkShape(operation: string, shape: Shape): void {
  if (
    !Array.isArray(shape) ||
    !shape.every((length) => Number.isSafeInteger(length) && length >= 0)
  ) {
    throw new ShapeError(operation, {
      expected: "a shape: an array of whole numbers ≥ 0",
      received: Array.isArray(shape) ? formatShape(shape) : String(shape),
      ...(typeof shape === "number" ? { fix: `write [${shape}]` } : {}),
    });
  }
}
