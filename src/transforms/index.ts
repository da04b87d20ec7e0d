export type { AuxOptions, GradOptions } from "./argnums.js";
export { grad, valueAndGrad } from "./grad.js";
export { hessian, hvp } from "./hessian.js";
export { jacfwd, jacobian, jacrev } from "./jacobian.js";
export { jvp, linearize } from "./jvp.js";
export {
  type JacobianSparsity,
  jacobianSparsity,
  type SparseJacobianOptions,
  type SparseMatrix,
  sparseJacobian,
} from "./sparse/jacobian.js";
export type { IndexList, PlacePattern, RowPattern, Sparsity } from "./sparse/pattern.js";
export { linearTranspose, vjp } from "./vjp.js";
export { type AxisTree, type VmapOptions, vmap } from "./vmap.js";
