import { asTensor } from "../core/convert.js";
import { type DType, isFloat } from "../core/dtype.js";
import { ValueError } from "../core/errors.js";
import { Tensor } from "../core/node.js";
import { normalizeAxis } from "../core/shape.js";
import { describeValue } from "../core/tree.js";
import type { TensorLike } from "../core/typing.js";
import { add, divide, multiply, subtract } from "./arithmetic.js";
import { moveAxis } from "./axes.js";
import { cast, promote } from "./cast.js";
import { greater } from "./comparison.js";
import { iota } from "./iota.js";
import { floor } from "./rounding.js";
import { where } from "./select.js";
import { broadcastTo, broadcastTogether } from "./shape.js";

/** The length a literal count gives; `number` where the count is no whole literal. */
type Count<N extends number> = number extends N
  ? number
  : `${N}` extends `-${string}` | `${string}.${string}` | `${string}e${string}`
    ? number
    : N;

export interface RangeOptions<D extends DType> {
  /** f64 unless given; bool is not allowed. */
  readonly dtype?: D;
}

/**
 * `start`, `start + step`, … below `stop` (above, for negative steps): f64 unless `dtype` is given. Throws
 * ValueError for tensors, for a step of 0, for what is not finite, and for fractions in an integer dtype.
 */
export function arange<N extends number, D extends DType = "f64">(
  stop: N,
  options?: RangeOptions<D>,
): Tensor<readonly [Count<N>], D>;
export function arange<D extends DType = "f64">(
  start: number,
  stop: number,
  options?: RangeOptions<D>,
): Tensor<readonly [number], D>;
export function arange<D extends DType = "f64">(
  start: number,
  stop: number,
  step: number,
  options?: RangeOptions<D>,
): Tensor<readonly [number], D>;
export function arange(...given: readonly (number | RangeOptions<DType> | undefined)[]): Tensor {
  const odd = given.find(
    (value) =>
      (value as unknown) instanceof Tensor ||
      !["number", "object", "undefined"].includes(typeof value),
  );
  if (odd !== undefined) {
    throw new ValueError("arange", {
      expected: "numbers",
      received: describeValue(odd),
      fix: "linspace(start, stop, count) takes tensors; or multiply and add to arange(count)",
    });
  }
  const numbers = given.filter((value) => typeof value === "number");
  const options = given.find((value) => typeof value === "object");
  const [start, stop, step = 1] =
    numbers.length === 1 ? [0, numbers[0] as number] : (numbers as [number, number, number?]);
  const length = Math.max(0, Math.ceil((stop - start) / step));
  const dtype = options?.dtype ?? "f64";
  const whole = Number.isInteger(start) && Number.isInteger(step);
  if (!Number.isSafeInteger(length) || step === 0 || !(whole || isFloat(dtype))) {
    throw new ValueError("arange", {
      expected: isFloat(dtype)
        ? "finite numbers and a step other than 0"
        : `whole numbers for ${dtype} and a step other than 0`,
      received: `start ${start}, stop ${stop}, step ${step}`,
    });
  }
  // Fractions are computed in f64 and rounded to the dtype once.
  let values = iota([length], { dtype: whole ? dtype : "f64" }) as Tensor;
  if (step !== 1) values = multiply(values, step) as Tensor;
  if (start !== 0) values = add(values, start) as Tensor;
  return cast(values, dtype) as Tensor;
}

export interface LinspaceOptions<D extends DType = DType> {
  /** Whether `stop` is the last value; true unless given. */
  readonly endpoint?: boolean;
  /** That of the ends (f64 for numbers) unless given; integers round down. */
  readonly dtype?: D;
  /** Where the new axis goes when the ends are tensors; 0 unless given. */
  readonly axis?: number;
}

/**
 * `count` evenly spaced values from `start` to `stop`, both exact; 50 unless given. Tensors broadcast, give one
 * row of values per element, and stay differentiable. Throws ValueError for a count that is not a whole number ≥ 0.
 */
export function linspace<N extends number = 50, D extends DType = "f64">(
  start: number,
  stop: number,
  count?: N,
  options?: LinspaceOptions<D>,
): Tensor<readonly [N], D>;
export function linspace(
  start: TensorLike,
  stop: TensorLike,
  count?: number,
  options?: LinspaceOptions,
): Tensor;
export function linspace(
  start: TensorLike,
  stop: TensorLike,
  count = 50,
  options: LinspaceOptions = {},
): Tensor {
  return spaced("linspace", start, stop, count, options);
}

function spaced(
  operation: string,
  start: TensorLike,
  stop: TensorLike,
  count: number,
  { endpoint = true, dtype, axis = 0 }: LinspaceOptions,
): Tensor {
  if (!Number.isSafeInteger(count) || count < 0) {
    throw new ValueError(operation, {
      expected: "a whole number of values ≥ 0",
      received: String(count),
    });
  }
  const ends = promote([asTensor(start, operation), asTensor(stop, operation)], true);
  const [from, to] = broadcastTogether(operation, ends) as [Tensor, Tensor];
  const shape = [count, ...from.shape];
  const steps = endpoint ? count - 1 : count;
  const values =
    steps <= 0 ? (broadcastTo(from, shape) as Tensor) : between(from, to, shape, steps);
  const moved = moveAxis(values, 0, normalizeAxis(operation, axis, values.ndim));
  if (dtype === undefined || isFloat(dtype)) return cast(moved, dtype ?? from.dtype) as Tensor;
  return cast(floor(moved), dtype) as Tensor;
}

/** Counted from the nearer end, so that both ends are exact and the values symmetric. */
function between(from: Tensor, to: Tensor, shape: readonly number[], steps: number): Tensor {
  const index = iota(shape, { dtype: from.dtype });
  const range = subtract(to, from);
  const up = add(from, divide(multiply(index, range), steps));
  const down = subtract(to, divide(multiply(subtract(steps, index), range), steps));
  return where(greater(index, steps / 2), down, up) as Tensor;
}
