import { asTensor } from "../core/convert.js";
import { isFloat } from "../core/dtype.js";
import { DTypeError, ShapeError, ValueError } from "../core/errors.js";
import type { Tensor } from "../core/node.js";
import { formatShape } from "../core/shape.js";
import { tensor as constant } from "../core/tensor.js";
import { formatType } from "../core/type.js";
import type { TensorLike } from "../core/typing.js";
import { add, multiply, subtract } from "./arithmetic.js";
import { cast } from "./cast.js";
import { concatenate } from "./concatenate.js";
import { max, min } from "./extrema.js";
import { mean } from "./reduce.js";
import { broadcastTo, restoreShape } from "./shape.js";
import { padWith, sliceAxis } from "./slice.js";
import { median } from "./statistics.js";
import { take } from "./take.js";

/** How many elements before and after: one number, a pair for every axis, or a pair per axis. */
export type PadWidth = number | readonly [number, number] | readonly (readonly [number, number])[];

type PerSide<T> = T | readonly [T, T] | readonly (readonly [T, T])[];

/** What comes in at the ends of an axis, as in numpy.pad. */
export type PadMode =
  /** `constantValues`. */
  | "constant"
  /** The value at the end. */
  | "edge"
  /** Mirrored about the end, without repeating it. */
  | "reflect"
  /** Mirrored, the end repeated. */
  | "symmetric"
  /** From the other end. */
  | "wrap"
  /** From the value at the end down to `endValues`, in equal steps. */
  | "linearRamp"
  /** Of the `statLength` values at the end. */
  | "maximum"
  | "minimum"
  | "mean"
  | "median"
  /** Unspecified: zeros. */
  | "empty";

export interface PadOptions {
  /** Default "constant". */
  readonly mode?: PadMode;
  /** For "constant": default 0. One value, a pair for every axis, or a pair per axis. */
  readonly constantValues?: PerSide<TensorLike>;
  /** For "constant": elements put between neighbours, for every axis or per axis; widths may then, as always here, be negative and cut off. */
  readonly interior?: number | readonly number[];
  /** For "linearRamp": default 0. */
  readonly endValues?: PerSide<number>;
  /** For "maximum", "minimum", "mean" and "median": how many values at the end count; default all. */
  readonly statLength?: PerSide<number>;
  /** For "reflect" and "symmetric": "odd" mirrors about the end value as well; default "even". */
  readonly reflectType?: "even" | "odd";
}

/** One pair per axis. */
function sides<T>(value: PerSide<T>, rank: number): readonly (readonly [T, T])[] {
  if (!Array.isArray(value)) return new Array(rank).fill([value, value]);
  const list = value as readonly unknown[];
  if (Array.isArray(list[0])) {
    if (list.length === rank) return list as readonly (readonly [T, T])[];
    if (list.length === 1) return new Array(rank).fill(list[0]);
  } else if (list.length === 2) return new Array(rank).fill(list);
  throw new ShapeError("pad", {
    expected: `one value, a pair, or ${rank} pairs, one per axis`,
    received: JSON.stringify(value),
  });
}

/**
 * x with elements added at the ends of its axes, axis after axis, by the modes of numpy.pad. Negative widths cut off
 * ("constant" only). Throws ShapeError for widths that do not fit, ValueError for an unknown mode or for adding to an
 * axis of length 0 from its own values, DTypeError for modes that average integers.
 */
export function pad(x: TensorLike, widths: PadWidth, options: PadOptions = {}): Tensor {
  const tensor = asTensor(x, "pad");
  const pairs = sides<number>(widths, tensor.ndim);
  const mode = options.mode ?? "constant";
  const wrong = pairs.some(([a, b]) => !Number.isInteger(a) || !Number.isInteger(b));
  if (wrong || (mode !== "constant" && pairs.flat().some((width) => width < 0))) {
    throw new ShapeError("pad", {
      expected: `whole numbers of elements${mode === "constant" ? "" : ` ≥ 0 (mode "${mode}")`}`,
      received: JSON.stringify(widths),
    });
  }
  if (mode === "constant" || mode === "empty") return padConstant(tensor, pairs, options);
  return pairs.reduce(
    (padded, pair, axis) =>
      pair[0] === 0 && pair[1] === 0 ? padded : padAxis(padded, axis, pair, mode, options),
    tensor,
  );
}

function padConstant(
  x: Tensor,
  pairs: readonly (readonly [number, number])[],
  options: PadOptions,
): Tensor {
  const interior =
    typeof options.interior === "object"
      ? options.interior
      : pairs.map(() => (options.interior as number | undefined) ?? 0);
  const given = options.constantValues ?? 0;
  const as = (value: TensorLike): Tensor => cast(value, x.dtype) as Tensor;
  if (!Array.isArray(given)) {
    const [low, high] = [pairs.map(([a]) => a), pairs.map(([, b]) => b)];
    return padWith(x, as(given as TensorLike), { low, high, interior });
  }
  const values = sides<TensorLike>(given as PerSide<TensorLike>, x.ndim);
  const none = pairs.map(() => 0);
  const only = (axis: number, width: number): number[] =>
    none.map((_, a) => (a === axis ? width : 0));
  const spaced = padWith(x, as(values[0]?.[0] ?? 0), { low: none, high: none, interior });
  return values.reduce((padded, [before, after], axis) => {
    const [low, high] = pairs[axis] as readonly [number, number];
    const front = { low: only(axis, low), high: none, interior: none };
    const back = { low: none, high: only(axis, high), interior: none };
    return padWith(padWith(padded, as(before), front), as(after), back);
  }, spaced);
}

function padAxis(
  x: Tensor,
  axis: number,
  widths: readonly [number, number],
  mode: Exclude<PadMode, "constant" | "empty">,
  options: PadOptions,
): Tensor {
  const length = x.shape[axis] as number;
  if (length === 0) {
    throw new ValueError("pad", {
      expected: `at least one element to make mode "${mode}" of`,
      received: `axis ${axis} of shape ${formatShape(x.shape)}`,
      fix: 'mode "constant" adds to empty axes',
    });
  }
  switch (mode) {
    case "edge":
    case "reflect":
    case "symmetric":
    case "wrap":
      return mirrored(x, axis, widths, mode, options.reflectType === "odd");
    case "linearRamp": {
      requireFloats(x, mode);
      const ends = sides<number>(options.endValues ?? 0, x.ndim)[axis] as readonly [number, number];
      const [before, after] = [0, 1].map((side) => ramp(x, axis, side, widths, ends));
      return concatenate([before as Tensor, x, after as Tensor], { axis });
    }
    case "maximum":
    case "minimum":
    case "mean":
    case "median": {
      if (mode === "mean" || mode === "median") requireFloats(x, mode);
      const counts = sides<number>(options.statLength ?? length, x.ndim)[axis] as readonly [
        number,
        number,
      ];
      const reduce: Reduction = { maximum: max, minimum: min, mean, median }[mode];
      const [before, after] = widths.map((width, side) => {
        const count = Math.min(length, counts[side] as number);
        const part = sliceAxis(x, axis, side === 0 ? 0 : length - count, count);
        return repeated(reduce(part, { axis, keepdims: true }), axis, width);
      });
      return concatenate([before as Tensor, x, after as Tensor], { axis });
    }
    default:
      throw new ValueError("pad", {
        expected: "a mode of numpy.pad",
        received: JSON.stringify(mode),
      });
  }
}

type Reduction = (x: Tensor, options: { readonly axis: number; readonly keepdims: true }) => Tensor;

function requireFloats(x: Tensor, mode: PadMode): void {
  if (isFloat(x.dtype)) return;
  throw new DTypeError("pad", {
    expected: `f32 or f64 for mode "${mode}"`,
    received: formatType(x.type),
    fix: 'cast(x, "f64")',
  });
}

function repeated(x: Tensor, axis: number, count: number): Tensor {
  return broadcastTo(
    x,
    x.shape.map((length, a) => (a === axis ? count : length)),
  ) as Tensor;
}

/** A vector that runs along `axis`, in the dtype of x. */
function along(x: Tensor, axis: number, values: readonly number[]): Tensor {
  const vector = cast(constantVector(values), x.dtype) as Tensor;
  return restoreShape(
    vector,
    x.shape.map((_, a) => (a === axis ? values.length : 1)),
  );
}

function constantVector(values: readonly number[]): Tensor {
  return constant([...values]) as Tensor;
}

function ramp(
  x: Tensor,
  axis: number,
  side: number,
  widths: readonly [number, number],
  ends: readonly [number, number],
): Tensor {
  const width = widths[side] as number;
  const edge = sliceAxis(x, axis, side === 0 ? 0 : (x.shape[axis] as number) - 1, 1);
  const steps = Array.from({ length: width }, (_, i) => (side === 0 ? i : width - 1 - i) / width);
  const end = ends[side] as number;
  return add(multiply(subtract(edge, end), along(x, axis, steps)), end) as Tensor;
}

interface Mirror {
  readonly place: number;
  readonly back: boolean;
  readonly turns: number;
}

/** Where an index outside [0, length) reads: the place, the sign of the value there, and how often last − first is added twice. */
function mirror(i: number, length: number, mode: "reflect" | "symmetric"): Mirror {
  const ends = mode === "reflect" ? 0 : 1;
  const period = 2 * (length - 1 + ends);
  if (period === 0) return { place: 0, back: false, turns: 0 };
  const turns = Math.floor(i / period);
  const r = i - turns * period;
  return r < length
    ? { place: r, back: false, turns }
    : { place: period - ends - r, back: true, turns };
}

/** x between padding that reads its values from x along the axis. */
function mirrored(
  x: Tensor,
  axis: number,
  [low, high]: readonly [number, number],
  mode: "edge" | "reflect" | "symmetric" | "wrap",
  odd: boolean,
): Tensor {
  const length = x.shape[axis] as number;
  const read = (first: number, count: number): Tensor => {
    const positions = Array.from({ length: count }, (_, i) => first + i);
    if (mode === "edge") return places(positions.map((i) => (i < 0 ? 0 : length - 1)));
    if (mode === "wrap") return places(positions.map((i) => ((i % length) + length) % length));
    const mirrors = positions.map((i) => mirror(i, length, mode));
    const values = places(mirrors.map(({ place }) => place));
    return odd ? aboutEnds(x, axis, values, mirrors) : values;
  };
  const places = (list: readonly number[]): Tensor => take(x, list, { axis, mode: "clip" });
  return concatenate([read(-low, low), x, read(length, high)], { axis });
}

/** Odd about an end e: 2e − value; a whole period further on 2(last − first) more. */
function aboutEnds(x: Tensor, axis: number, values: Tensor, mirrors: readonly Mirror[]): Tensor {
  const length = x.shape[axis] as number;
  const signs = mirrors.map(({ back }) => (back ? -1 : 1));
  const firsts = mirrors.map(({ turns }) => -2 * turns);
  const lasts = mirrors.map(({ turns, back }) => 2 * turns + (back ? 2 : 0));
  let total = multiply(along(x, axis, signs), values) as Tensor;
  const addEnd = (place: number, factors: readonly number[]): void => {
    // An end that does not count must not turn ∞ into NaN.
    if (factors.every((factor) => factor === 0)) return;
    const end = sliceAxis(x, axis, place, 1);
    total = add(total, multiply(along(x, axis, factors), end)) as Tensor;
  };
  addEnd(0, firsts);
  addEnd(length - 1, lasts);
  return total;
}
