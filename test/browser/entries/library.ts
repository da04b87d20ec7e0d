import {
  add,
  grad,
  multiply,
  sin,
  subtract,
  type Tensor,
  tensor,
  valueAndGrad,
  vmap,
} from "cotangent";
import { type Check, report } from "../report.js";

interface Inputs {
  a: Tensor;
  b: Tensor;
  d: Tensor;
  e: Tensor;
}

function lecture({ a, b, d, e }: Inputs): Tensor {
  const h = multiply(add(a, e), subtract(b, d));
  return multiply(h, h);
}

function same(actual: unknown, expected: unknown): void {
  const [a, e] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (a !== e) throw new Error(`expected ${e}, got ${a}`);
}

const checks: Check[] = [
  {
    name: "the lecture's value and partials come out",
    run: () =>
      same(valueAndGrad(lecture)({ a: 23, b: 2, d: 7, e: -5 }), [
        8100,
        { a: 900, b: -3240, d: 3240, e: 900 },
      ]),
  },
  {
    name: "the third derivative of the sine is minus the cosine",
    run: () => same(grad(grad(grad((x: Tensor) => sin(x))))(1), -Math.cos(1)),
  },
  {
    name: "a gradient maps over a batch",
    run: () =>
      same(vmap(grad((x: Tensor) => multiply(x, x)))(tensor([1, 2, 3])).toArray(), [2, 4, 6]),
  },
];

await report(checks);
