import {
  add,
  grad,
  hessian,
  jvp,
  multiply,
  sin,
  sparseJacobian,
  sum,
  type Tensor,
  tensor,
  valueAndGrad,
  vjp,
  vmap,
} from "../../../src/index.js";

const model = (p: { w: Tensor<readonly [3]>; b: Tensor }) => sum(add(multiply(p.w, p.w), p.b));
const f = (x: Tensor) => multiply(x, sin(x));
const w = tensor([1, 2, 3]);

const slope = grad(f)(3); // type: number
const slopes = grad(f)(tensor(3)); // type: Tensor<readonly [], "f64">
const tree = grad(model)({ w, b: 3 }); // type: { w: Tensor<readonly [3], "f64">; b: number; }
const both = valueAndGrad(f)(2); // type: [number, number]
const third = grad(grad(grad(f)))(1); // type: number
const second = grad((x: Tensor, y: Tensor) => multiply(x, y), { argnums: 1 })(1, 2); // type: number
const pair = grad((x: Tensor, y: Tensor) => multiply(x, y), { argnums: [0, 1] })(1, 2); // type: [number, number]
const curved = hessian((x: Tensor<readonly []>) => multiply(x, sin(x)))(2); // type: number
const pushed = jvp((x: Tensor<readonly []>) => multiply(x, x), [3], [1]); // type: [number, number]

const sparse = sparseJacobian(model)({ w, b: 3 }); // type: SparseMatrix<DType>

sparseJacobian(model)({ w }); // error: Property 'b' is missing
sparseJacobian(f, { sparsity: { row: [0] } }); // error: Property 'col' is missing
grad(f)("3"); // error: not assignable
grad(model)({ w }); // error: Property 'b' is missing
grad(model)({ w: tensor([1, 2]), b: 3 }); // error: not assignable
export { both, curved, pair, pushed, second, slope, slopes, sparse, third, tree, vjp, vmap };
