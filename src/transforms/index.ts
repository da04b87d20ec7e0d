export type { AuxOptions, GradOptions } from "./argnums.js";
export { checkpoint } from "./checkpoint.js";
export { customJvp, customVjp } from "./custom.js";
export { grad, valueAndGrad } from "./grad.js";
export { hessian, hvp } from "./hessian.js";
export { jacfwd, jacobian, jacrev } from "./jacobian.js";
export { jvp, linearize } from "./jvp.js";
export { linearTranspose, vjp } from "./vjp.js";
export { type AxisTree, type VmapOptions, vmap } from "./vmap.js";
