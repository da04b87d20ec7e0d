import { cast, type DType, reshape, type Tensor, tensor } from "../../src/index.js";
import type { Random } from "../../src/testing/random.js";

/** A tensor of random numbers between −most and most. */
export function randomTensor(
  random: Random,
  shape: readonly number[],
  dtype: DType = "f64",
  most = 1,
): Tensor {
  const length = shape.reduce((product, axis) => product * axis, 1);
  const data = Float64Array.from({ length }, () => random.between(-most, most));
  return cast(reshape(tensor(data) as Tensor, shape) as Tensor, dtype) as Tensor;
}
