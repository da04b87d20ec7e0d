export { cond, switchCase } from "./branches.js";
export { checkpoint } from "./checkpoint.js";
export { customJvp, customVjp } from "./custom-derivatives.js";
export { type FixedPointOptions, fixedPoint } from "./fixed-point.js";
export { forLoop, type ScanOptions, scan, whileLoop } from "./loops.js";
