export { tensor } from "./core/convert.js";
export { setDebug } from "./core/debug.js";
export type { DType, TypedArray } from "./core/dtype.js";
export * from "./core/errors.js";
export { Tensor } from "./core/node.js";
export type { Shape } from "./core/shape.js";
export * from "./graph/index.js";
export * from "./ops/index.js";
export * from "./transforms/index.js";
