import {
  add,
  broadcastTo,
  cast,
  greater,
  matmul,
  multiply,
  reshape,
  sin,
  sum,
  type Tensor,
  tensor,
  where,
  zeros,
} from "../../../src/index.js";

declare const unknownRank: Tensor;
declare const rows: Tensor<readonly [number, 3], "f64">;

const scalar = tensor(1); // type: Tensor<readonly [], "f64">
const vector = tensor([1, 2, 3]); // type: Tensor<readonly [3], "f64">
const matrix = tensor([[1, 2, 3], [4, 5, 6]]); // type: Tensor<readonly [2, 3], "f64">
const flags = tensor([true, false]); // type: Tensor<readonly [2], "bool">
const single = tensor(new Float32Array(6), [2, 3]); // type: Tensor<readonly [2, 3], "f32">
const five = zeros([4, 5]); // type: Tensor<readonly [4, 5], "f64">

const product = matmul(matrix, zeros([3, 4])); // type: Tensor<readonly [2, 4], "f64">
const batched = matmul(zeros([7, 2, 3]), zeros([3, 4])); // type: Tensor<readonly [7, 2, 4], "f64">
const wrong = matmul(matrix, five); // error: matmul: shapes [2, 3] and [4, 5] do not fit: 3 ≠ 4
const perhaps = matmul(unknownRank, five); // type: Tensor<Shape, DType>
const known = matmul(rows, zeros([3, 4])); // type: Tensor<readonly [number, 4], "f64">

const wide = add(matrix, vector); // type: Tensor<readonly [2, 3], "f64">
const scaled = multiply(2, matrix); // type: Tensor<readonly [2, 3], "f64">
const narrow = multiply(single, 2); // type: Tensor<readonly [2, 3], "f32">
const promoted = add(single, matrix); // type: Tensor<readonly [2, 3], "f64">
const waves = sin(single); // type: Tensor<readonly [2, 3], "f32">
const truth = greater(matrix, 0); // type: Tensor<readonly [2, 3], "bool">
const chosen = where(truth, matrix, 0); // type: Tensor<readonly [2, 3], "f64">
const total = sum(matrix); // type: Tensor<readonly [], "f64">
const flat = reshape(matrix, [6]); // type: Tensor<readonly [6], "f64">
const whole = cast(matrix, "i32"); // type: Tensor<readonly [2, 3], "i32">
const tall = broadcastTo(vector, [4, 3]); // type: Tensor<readonly [4, 3], "f64">

const listed = tensor(new Float32Array(3)); // type: Tensor<readonly [number], "f32">
const positive: boolean = unknownRank.item() > 0;
const flag = flags.item(); // type: boolean
export { flag, listed, positive };

const number: number = scalar; // error: not assignable to type 'number'
const doubled = scalar * 2; // error: The left-hand side of an arithmetic operation must be
export { batched, chosen, doubled, flags, flat, known, narrow, number, perhaps, product, promoted, scaled, tall, total };
export { vector, waves, whole, wide, wrong };
const misfit = add(matrix, zeros([4])); // type: Tensor<never, "f64">
export { misfit };

/** Generic code type checks: shapes are then checked when it runs. */
export function norm<T extends Tensor>(x: T): Tensor {
  return sum(multiply(sin(x), add(x, x)));
}
