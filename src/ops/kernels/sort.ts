import type { DType } from "../../core/dtype.js";
import type { ArrayPlace, Kernel, KernelContext } from "../../core/kernel.js";
import { sizeOf } from "../../core/shape.js";
import type { Operand } from "../../program/types.js";
import { keyOf, leastLike } from "./order.js";
import { elementPlace, loadElement, storeElement } from "./place.js";

/** Lines of up to this many elements, and up to so many largest ones, are sorted by insertion. */
const short = 96;

/** A line of elements to be ordered. */
interface Line {
  readonly dtype: DType;
  readonly descending: boolean;
  readonly length: number;
  /** How many of the first in order are asked for. */
  readonly count: number;
  load(index: Operand): Operand;
  /** Takes the element that comes as the `rank`th. */
  put(rank: Operand, index: Operand): void;
}

export const argsortKernel: Kernel = (
  context: KernelContext<{ readonly axis: number; readonly descending: boolean }>,
) => {
  const { builder: b, params } = context;
  const x = context.inputs[0] as ArrayPlace;
  const output = context.outputs[0] as ArrayPlace;
  const { shape, dtype } = x;
  if (sizeOf(shape) === 0) return;
  const length = shape[params.axis] as number;
  const inner = sizeOf(shape.slice(params.axis + 1));
  const sort = sorting(context, dtype, length, length);
  b.loop(0, sizeOf(shape) / length, (line) => {
    const row = b.compute("divU", "i32", [line, b.i32(inner)]);
    // row·length·inner + column
    const start = b.add(line, b.mul(row, (length - 1) * inner));
    const at = (index: Operand): Operand => b.add(start, b.mul(index, inner));
    sort({
      dtype,
      descending: params.descending,
      length,
      count: length,
      load: (index) => loadElement(b, x, at(index)),
      put: (rank, index) => storeElement(b, output, at(rank), index),
    });
  });
};

/** The largest elements along the last axis, and where they are. */
export const topKKernel: Kernel = (context: KernelContext<{ readonly k: number }>) => {
  const { builder: b, params } = context;
  const x = context.inputs[0] as ArrayPlace;
  const [values, indices] = context.outputs as [ArrayPlace, ArrayPlace];
  const length = x.shape[x.shape.length - 1] as number;
  const count = params.k;
  if (count === 0 || length === 0) return;
  const sort = sorting(context, x.dtype, length, count);
  b.loop(0, sizeOf(x.shape) / length, (row) => {
    const start = b.mul(row, length);
    sort({
      dtype: x.dtype,
      descending: true,
      length,
      count,
      load: (index) => loadElement(b, x, b.add(start, index)),
      put: (rank, index) => {
        const to = b.add(b.mul(row, count), rank);
        storeElement(b, indices, to, index);
        storeElement(b, values, to, loadElement(b, x, b.add(start, index)));
      },
    });
  });
};

function sorting(
  context: KernelContext,
  dtype: DType,
  length: number,
  count: number,
): (line: Line) => void {
  return length <= short || count <= short
    ? insertion(context, dtype, count)
    : radix(context, dtype, length);
}

/** Keys of one line, as integers. */
function keysIn({ builder: b, scratch }: KernelContext, dtype: DType, length: number) {
  const type = dtype === "f64" ? "i64" : "i32";
  const array = scratch(dtype === "f64" ? "f64" : "i32", length);
  return {
    type,
    load: (at: Operand): Operand => b.load(type, type, elementPlace(b, array, at)),
    store: (at: Operand, key: Operand): void => b.store(type, elementPlace(b, array, at), key),
  } as const;
}

/** Keeps the first `count` in order: each element that comes before the last of them moves to its place. */
function insertion(context: KernelContext, dtype: DType, count: number): (line: Line) => void {
  const { builder: b, scratch } = context;
  // the entry in front is less than any: none moves past it
  const keys = keysIn(context, dtype, count + 1);
  const indices = scratch("i32", count + 1);
  const one = b.i32(1);
  return ({ descending, length, load, put }) => {
    const keyAt = (index: Operand): Operand => keyOf(b, dtype, load(index), descending);
    /** Puts an element behind the last of the first `to` that does not come after it. */
    const insert = (key: Operand, index: Operand, to: Operand): void => {
      const place = b.variable("i32", "place");
      b.assign(place, to);
      b.while(
        () => b.compare("gt", keys.load(b.read(place)), key),
        () => {
          const at = b.read(place);
          const next = b.add(at, one);
          keys.store(next, keys.load(at));
          storeElement(b, indices, next, loadElement(b, indices, at));
          b.assign(place, b.sub(at, one));
        },
      );
      const at = b.add(b.read(place), one);
      keys.store(at, key);
      storeElement(b, indices, at, index);
    };
    keys.store(b.i32(0), leastLike(b, keys));
    b.loop(0, count, (i) => insert(keyAt(i), i, i));
    b.loop(count, length, (i) => {
      const key = keyAt(i);
      b.branch(b.compare("lt", key, keys.load(b.i32(count))), () => {
        insert(key, i, b.i32(count - 1));
      });
    });
    b.loop(0, count, (rank) => put(rank, loadElement(b, indices, b.add(rank, one))));
  };
}

const digits = 256;

/** By one byte of the keys after the other, from the least on: O(n), stable (Knuth 5.2.5). */
function radix(context: KernelContext, dtype: DType, length: number): (line: Line) => void {
  const { builder: b, scratch } = context;
  // elements move from one half to the other and back
  const keys = keysIn(context, dtype, 2 * length);
  const indices = scratch("i32", 2 * length);
  const bytes = dtype === "bool" ? 1 : dtype === "f64" ? 8 : 4;
  const counts = scratch("i32", bytes * digits);
  const digit = (key: Operand, byte: Operand): Operand => {
    const moved = b.compute("shrU", keys.type, [key, b.mul(byte, 8)]);
    const low = keys.type === "i64" ? b.compute("wrap", "i32", [moved]) : moved;
    return b.add(b.mul(byte, digits), b.and(low, digits - 1));
  };
  const count = (at: Operand): Operand => loadElement(b, counts, at);
  return ({ descending, load, put, count: wanted }) => {
    b.clear(counts.place, 4 * bytes * digits);
    b.loop(0, length, (i) => {
      const key = keyOf(b, dtype, load(i), descending);
      // as unsigned numbers: the sign bit counts least
      const plain = b.compute("xor", keys.type, [key, leastLike(b, keys)]);
      keys.store(i, plain);
      storeElement(b, indices, i, i);
      for (let byte = 0; byte < bytes; byte++) {
        const at = digit(plain, b.i32(byte));
        storeElement(b, counts, at, b.add(count(at), 1));
      }
    });
    const from = b.variable("i32", "from");
    b.assign(from, 0);
    b.loop(0, bytes, (byte) => {
      const start = b.read(from);
      const other = b.sub(b.i32(length), start);
      const common = count(digit(keys.load(start), byte));
      // nothing moves where all have the same
      b.branch(b.compare("ne", common, length), () => {
        const total = b.variable("i32", "total");
        b.assign(total, 0);
        b.loop(0, digits, (value) => {
          const at = b.add(b.mul(byte, digits), value);
          const own = count(at);
          const before = b.read(total);
          storeElement(b, counts, at, before);
          b.assign(total, b.add(before, own));
        });
        b.loop(0, length, (i) => {
          const key = keys.load(b.add(start, i));
          const at = digit(key, byte);
          const rank = count(at);
          storeElement(b, counts, at, b.add(rank, 1));
          const to = b.add(other, rank);
          keys.store(to, key);
          storeElement(b, indices, to, loadElement(b, indices, b.add(start, i)));
        });
        b.assign(from, other);
      });
    });
    const start = b.read(from);
    b.loop(0, wanted, (rank) => put(rank, loadElement(b, indices, b.add(start, rank))));
  };
}
