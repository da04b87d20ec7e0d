import { bindTensor } from "../core/bind.js";
import { asTensor } from "../core/convert.js";
import { allocate, type DType, isFloat } from "../core/dtype.js";
import { ShapeError } from "../core/errors.js";
import type { Combine } from "../core/lowering.js";
import type { Tensor } from "../core/node.js";
import type { Case, Derivative, Primitive } from "../core/primitive.js";
import { normalizeAxis } from "../core/shape.js";
import { tensorType } from "../core/type.js";
import type { TensorLike } from "../core/typing.js";
import type { MathSequence } from "../program/sequence.js";
import { multiply, subtract } from "./arithmetic.js";
import { ravel } from "./axes.js";
import { concatenate } from "./concatenate.js";
import { describe } from "./describe.js";
import { base } from "./latex.js";
import { earlier, forEachLine, linearRecurrenceOp, type ScanParams } from "./recurrence.js";
import { counted } from "./reduction.js";
import { broadcastTo, pastBatch } from "./shape.js";
import { sliceAxis } from "./slice.js";
import { alongAxis } from "./spoken.js";

/** What a running reduction says of itself; the rest follows. */
export interface CumulativeSpec {
  readonly name: string;
  /** bool counts as i32 unless it is kept. */
  readonly keepsBool?: boolean;
  readonly combine: Combine | MathSequence;
  /** One step of the fold. */
  step(dtype: DType): (accumulated: number, next: number) => number;
  readonly derivative: Derivative<ScanParams>;
}

/** The cases every running reduction runs. */
export const cumulativeCases: readonly Case<ScanParams>[] = [
  { inputs: [{ shape: [4] }], params: { axis: 0, reverse: false } },
  { inputs: [{ shape: [2, 3, 2] }], params: { axis: 1, reverse: true } },
  { inputs: [{ shape: [0, 2] }], params: { axis: 0, reverse: false } },
  { inputs: [{ shape: [2, 0] }], params: { axis: 0, reverse: true } },
];

/** LaTeX of a running reduction, the operator as `\\sum`. */
export function running(operator: string, x: string, reverse: boolean): string {
  return `\\left(${operator}_{j ${reverse ? "\\ge" : "\\le"} i} ${base(x)}_j\\right)`;
}

/** The primitive of a running reduction along one axis. */
export function cumulative(spec: CumulativeSpec): Primitive<ScanParams> {
  const { name, derivative, combine } = spec;
  const primitive: Primitive<ScanParams> = {
    name,
    type: ([{ shape, dtype }], { axis }) => {
      normalizeAxis(name, axis, shape.length);
      return tensorType(shape, spec.keepsBool === true ? dtype : counted(dtype));
    },
    evaluate: ([x], { axis, reverse }, { shape, dtype }) => {
      const data = allocate(dtype, x.data.length);
      const step = spec.step(dtype);
      forEachLine(shape, axis, reverse, (first, stride, length) => {
        let total = 0;
        for (let i = 0, at = first; i < length; i++, at += stride) {
          total = i === 0 ? (x.data[at] as number) : step(total, x.data[at] as number);
          data[at] = total;
        }
      });
      return { shape, dtype, data };
    },
    derivative,
    batch: { inFront: pastBatch },
    lower: {
      kind: "scan",
      combine,
      axis: ({ axis }) => axis,
      reverse: ({ reverse }) => reverse,
    },
  };
  return primitive;
}

export interface CumulativeOptions {
  /** Axis to run along; without it x counts as one row of all its elements. */
  readonly axis?: number;
  /** From the end to the beginning. */
  readonly reverse?: boolean;
}

/** Applies a running reduction as the options say. */
export function runAlong(
  primitive: Primitive<ScanParams>,
  x: Tensor,
  options: CumulativeOptions,
): Tensor {
  const line = options.axis === undefined ? ravel(x) : x;
  const axis = normalizeAxis(primitive.name, options.axis ?? 0, line.ndim);
  return bindTensor(primitive, [line], { axis, reverse: options.reverse === true });
}

const cumsumOp: Primitive<ScanParams> = /* @__PURE__ */ cumulative({
  name: "cumsum",
  combine: "add",
  step: (dtype) => (isFloat(dtype) ? (a, b) => a + b : (a, b) => (a + b) | 0),
  derivative: {
    kind: "linear",
    groups: () => [[0]],
    transpose: ([ct], _at, _inputs, { axis, reverse }) =>
      bindTensor(cumsumOp, [ct as Tensor], { axis, reverse: !reverse }),
  },
});

export const describedCumsum: Primitive = /* @__PURE__ */ describe(cumsumOp, {
  spoken: (params, shapes) => alongAxis("cumsum", params, shapes),
  doc: "Running sum along an axis. Integers wrap; of bool: counts, i32.",
  latex: ([x], { reverse }) => running("\\sum", x, reverse),
  domain: { low: -2, high: 2 },
  cases: cumulativeCases,
});

/** Running sum along `axis` (of all elements as one row unless given). Integers wrap; of bool: counts, i32. */
export function cumsum(x: TensorLike, options: CumulativeOptions = {}): Tensor {
  return runAlong(cumsumOp, asTensor(x, "cumsum"), options);
}

export const cumprodOp: Primitive<ScanParams> = /* @__PURE__ */ cumulative({
  name: "cumprod",
  combine: "multiply",
  step: (dtype) => (isFloat(dtype) ? (a, b) => a * b : Math.imul),
  derivative: {
    kind: "general",
    jvp: ([x], [dx], [y], params) => {
      const entering = multiply(dx as Tensor, earlier(y, params, 1));
      return [bindTensor(linearRecurrenceOp, [x, entering], params)];
    },
  },
});

export const describedCumprod: Primitive = /* @__PURE__ */ describe(cumprodOp, {
  spoken: (params, shapes) => alongAxis("cumprod", params, shapes),
  doc: "Running product along an axis. Integers wrap. Derivatives are exact at any number of zeros: dyᵢ = xᵢ·dyᵢ₋₁ + yᵢ₋₁·dxᵢ.",
  latex: ([x], { reverse }) => running("\\prod", x, reverse),
  domain: { low: -2, high: 2, edges: [0] },
  cases: cumulativeCases,
});

/**
 * Running product along `axis` (of all elements as one row unless given). Integers wrap; of bool: i32.
 * Derivatives of every order are exact at any number of zeros.
 */
export function cumprod(x: TensorLike, options: CumulativeOptions = {}): Tensor {
  return runAlong(cumprodOp, asTensor(x, "cumprod"), options);
}

export interface DiffOptions {
  /** How many times; default 1. */
  readonly n?: number;
  /** Default: the last axis. */
  readonly axis?: number;
  /** Values put before or after along the axis first; scalars are repeated once. */
  readonly prepend?: TensorLike;
  readonly append?: TensorLike;
}

/** Differences of neighbours along `axis`, `n` times over: the length shrinks by `n`, not below 0. */
export function diff(x: TensorLike, options: DiffOptions = {}): Tensor {
  const tensor = asTensor(x, "diff");
  const axis = normalizeAxis("diff", options.axis ?? -1, tensor.ndim);
  const times = options.n ?? 1;
  if (!Number.isInteger(times) || times < 0) {
    throw new ShapeError("diff", { expected: "n a whole number ≥ 0", received: String(times) });
  }
  const side = (value: TensorLike | undefined): Tensor[] => {
    if (value === undefined) return [];
    const given = asTensor(value, "diff");
    const column = tensor.shape.map((length, a) => (a === axis ? 1 : length));
    return [given.ndim === 0 ? (broadcastTo(given, column) as Tensor) : given];
  };
  const parts = [...side(options.prepend), tensor, ...side(options.append)];
  let line = parts.length === 1 ? tensor : concatenate(parts, { axis });
  for (let i = 0; i < times; i++) {
    const rest = Math.max(0, (line.shape[axis] as number) - 1);
    const from = Math.min(1, line.shape[axis] as number);
    line = subtract(sliceAxis(line, axis, from, rest), sliceAxis(line, axis, 0, rest)) as Tensor;
  }
  return line;
}
