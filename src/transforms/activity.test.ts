import { expect, it } from "vitest";
import {
  argmax,
  cast,
  grad,
  greater,
  jvp,
  multiply,
  sum,
  type Tensor,
  take,
  tensor,
} from "../index.js";

const x = tensor([1, 3, 2]);

it("asking for a derivative of argmax is an error in both modes", () => {
  expect(() => grad((t: Tensor) => argmax(t))(x)).toThrow(/argmax/);
  expect(() => jvp((t: Tensor) => argmax(t), [x], [x])).toThrow(/argmax, which has no derivative/);
  expect(() => grad((t: Tensor) => cast(argmax(t), "f64"))(x)).toThrow(
    /argmax, which has no derivative/,
  );
});

it("argmax may choose an index, and comparisons have derivative 0", () => {
  expect(grad((t: Tensor) => take(t, argmax(t)) as Tensor)(x).toArray()).toEqual([0, 1, 0]);
  expect(jvp((t: Tensor) => greater(t, 2), [x], [x])[1].toArray()).toEqual([false, false, false]);
  expect(grad((t: Tensor) => sum(multiply(t, cast(greater(t, 2), "f64"))))(x).toArray()).toEqual([
    0, 1, 0,
  ]);
});
