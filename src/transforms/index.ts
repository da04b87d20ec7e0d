export { type AuxOptions, type GradOptions, grad, valueAndGrad } from "./grad.js";
export { jvp, linearize } from "./jvp.js";
export { linearTranspose, vjp } from "./vjp.js";
export { type AxisTree, type VmapOptions, vmap } from "./vmap.js";
