export * from "./compile/index.js";
export * from "./control/index.js";
export { applyOperation } from "./core/apply.js";
export { setDebug } from "./core/debug.js";
export type { DType, TypedArray } from "./core/dtype.js";
export {
  type Complaint,
  CotangentError,
  DTypeError,
  NotDifferentiableError,
  ShapeError,
  TraceError,
  TreeError,
  ValueError,
} from "./core/errors.js";
export type { ArrayPlace, Kernel, KernelContext } from "./core/kernel.js";
export { Tensor } from "./core/node.js";
export type { Case, CaseInput, Derivative, Interval, Primitive } from "./core/primitive.js";
export type { Shape } from "./core/shape.js";
export { tensor } from "./core/tensor.js";
export { flatten as treeFlatten, treeMap } from "./core/tree.js";
export type { ArrayValue, TensorType } from "./core/type.js";
export type { TensorLike } from "./core/typing.js";
export { FormulaError } from "./formula/error.js";
export { math } from "./formula/library.js";
export * from "./graph/index.js";
export { operations } from "./operations.js";
export * from "./ops/index.js";
export type { Builder } from "./program/builder.js";
export type { MathSequence } from "./program/sequence.js";
export type { Operand } from "./program/types.js";
export * from "./transforms/index.js";
