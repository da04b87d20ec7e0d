import type { DType, TypedArray } from "./dtype.js";
import type { Node, Tensor } from "./node.js";
import { formatShape, type Shape, sameShape } from "./shape.js";

/** Shape and dtype of a tensor. A weak f64 came from JS numbers alone and takes the dtype of what it meets. */
export interface TensorType<S extends Shape = Shape, D extends DType = DType> {
  readonly kind: "tensor";
  readonly shape: S;
  readonly dtype: D;
  readonly weak: boolean;
}

/** Several results of one operation, read by `project` only. */
export interface TupleType {
  readonly kind: "tuple";
  readonly elements: readonly (TensorType | TapeType)[];
}

/**
 * What a loop of unknown length keeps of each step: a list of tensors (or tapes) of one type, zero past its end, so
 * that tapes of one type are a vector space. Written and read by loops only.
 */
export interface TapeType {
  readonly kind: "tape";
  readonly element: TensorType | TapeType;
  /** A function of tensors applied to each step of tapes, to any depth; with the type, so that only loops bring it along. */
  entrywise(tapes: readonly Node[], f: (...tensors: Tensor[]) => Tensor): Node;
  /** The sum of two tapes. */
  add(a: Node, b: Node): Node;
  /** The tape of no steps: the zero of a type. */
  zero(type: TapeType): Node;
}

export type Type = TensorType | TupleType | TapeType;

/** Types of scalars, one object each. */
const scalars = new Map<string, TensorType>();

export function tensorType<S extends Shape, D extends DType>(
  shape: S,
  dtype: D,
  weak = false,
): TensorType<S, D> {
  const made: TensorType<S, D> = { kind: "tensor", shape, dtype, weak };
  if (shape.length > 0) return made;
  const key = weak ? `${dtype}*` : dtype;
  const known = scalars.get(key);
  if (known === undefined) scalars.set(key, made);
  return (known as TensorType<S, D> | undefined) ?? made;
}

export function sameType(a: Type, b: Type): boolean {
  if (a === b) return true;
  if (a.kind === "tensor" && b.kind === "tensor")
    return a.dtype === b.dtype && sameShape(a.shape, b.shape);
  if (a.kind === "tape" && b.kind === "tape") return sameType(a.element, b.element);
  return (
    a.kind === "tuple" &&
    b.kind === "tuple" &&
    a.elements.length === b.elements.length &&
    a.elements.every((element, i) => sameType(element, b.elements[i] as Type))
  );
}

/** The types of the elements of a tuple, or that of the only result. */
export function elementTypes(type: Type): readonly (TensorType | TapeType)[] {
  return type.kind === "tuple" ? type.elements : [type];
}

/** `f32[2, 3]`, `f64`, `f64*` for a weak scalar, `tape<f64[3]>`, `(f64, i32[2])`. */
export function formatType(type: Type): string {
  if (type.kind === "tape") return `tape<${formatType(type.element)}>`;
  if (type.kind === "tuple") return `(${type.elements.map(formatType).join(", ")})`;
  return `${type.dtype}${type.weak ? "*" : ""}${type.shape.length === 0 ? "" : formatShape(type.shape)}`;
}

/** The elements of a tensor in row-major order. */
export interface ArrayValue {
  readonly shape: Shape;
  readonly dtype: DType;
  readonly data: TypedArray;
}

/** The contents of a tape, by step. */
export interface TapeValue {
  readonly entries: readonly (ArrayValue | TapeValue)[];
}

/** What a node computes: an array, a tape, or one of these per element of a tuple. */
export type Value = ArrayValue | TapeValue | readonly (ArrayValue | TapeValue)[];
