import type { DType } from "../core/dtype.js";
import type { MathSequence } from "./sequence.js";

/** What a register holds. Vectors are 128 bits wide; `bool` is 0 or 1, `b32x4` and `b64x2` all ones or zeros per lane. */
export type RegisterType =
  | "bool"
  | "i32"
  | "i64"
  | "f32"
  | "f64"
  | "b32x4"
  | "b64x2"
  | "i32x4"
  | "i64x2"
  | "f32x4"
  | "f64x2";

/** Instructions without effects, of operands of one type unless said otherwise. */
export type Opcode =
  // floats and integers, alone and in vectors (no division, sqrt or rounding of integers; no i64x2 min/max)
  | "add"
  | "sub"
  | "mul"
  | "div" // floats
  | "neg"
  | "abs"
  | "sqrt"
  | "min" // NaN if either is; −0 < +0
  | "max"
  | "floor"
  | "ceil"
  | "trunc"
  | "nearest" // ties to even
  | "copysign" // magnitude of the first, sign of the second
  | "madd" // a·b + c, rounded once where the program allows it and the machine has it
  // integers; the divisor must not be 0 (nor −1 beside the smallest integer): scalars only
  | "divS"
  | "divU"
  | "remS"
  | "remU"
  // bits of integers, and of bools (and, or, xor, not)
  | "and"
  | "or"
  | "xor"
  | "not"
  | "shl" // the count is always an i32, taken modulo the width
  | "shrS"
  | "shrU"
  // comparisons give bool (b32x4, b64x2 for vectors); bools compare by eq and ne
  | "eq"
  | "ne"
  | "lt"
  | "le"
  | "gt"
  | "ge"
  | "ltU"
  | "leU"
  | "gtU"
  | "geU"
  /** select(condition, a, b) */
  | "select"
  // conversions, by the type of the operand and that of the result
  | "convert" // i32 → f32, f64, i64; i64 → f64, f32; f32 ↔ f64; bool → i32, f32, f64 (b32x4 → i32x4, f32x4; b64x2 → i64x2, f64x2); i32x4 → f32x4
  | "convertU" // i32 as unsigned → f32, f64, i64; i32x4 → f32x4
  | "truncate" // f32, f64 → i32, i64, saturating, NaN 0; f32x4 → i32x4
  | "truncateU" // → as unsigned
  | "wrap" // i64 → i32
  | "widenLow" // the first two lanes: f32x4 → f64x2
  | "widenHigh" // the last two
  | "reinterpret" // f64 ↔ i64, f32 ↔ i32, also vectors
  // vectors
  | "splat"
  | "lane" // `lane`: which
  | "pack" // lanes in order
  | "anyLane" // bool: whether any lane of a mask holds
  /** A function of real numbers by its `sequence`, which a later pass puts in: exp, sin, pow, … */
  | "math"
  /** rescue(mask, fast, ...args): `fast`, except in lanes where the mask holds: `callee` of that lane of args. */
  | "rescue"
  /** The result of `callee`, a function without effects, of scalars. */
  | "call";

export interface Constant {
  readonly kind: "constant";
  readonly id: number;
  readonly type: RegisterType;
  /** Of every lane. i64: a bigint. bool: 0 or 1. */
  readonly value: number | bigint;
}

/** A value computed once where it stands. */
export interface Computed {
  readonly kind: "instruction";
  readonly id: number;
  readonly type: RegisterType;
  readonly op: Opcode;
  readonly args: readonly Operand[];
  /** Of `lane`. */
  readonly lane?: number;
  /** Of `math`. */
  readonly sequence?: MathSequence;
  /** Of `call` and `rescue`. */
  readonly callee?: Callee;
}

/**
 * How elements lie in memory. A register of f64, f32, i32 loads the same; bool loads and stores a byte, a mask a byte for
 * each lane. A mask stored as "i32" or "i64" fills 16 bytes.
 */
export type Storage = "f64" | "f32" | "i32" | "bool" | "i64";

/** A value read from memory where it stands: a register or, if `type` is a vector, all its lanes. */
export interface Load {
  readonly kind: "load";
  readonly id: number;
  readonly type: RegisterType;
  readonly storage: Storage;
  readonly place: Place;
}

/** Bytes from the start of a buffer, or from address 0 without one (`at` is then a pointer). */
export interface Place {
  readonly buffer: Buffer | undefined;
  /** An i32, in bytes; undefined: 0. */
  readonly at: Operand | undefined;
  /** Further bytes, known. */
  readonly offset: number;
}

/** The address of a place, an i32 pointer. */
export interface Address {
  readonly kind: "address";
  readonly id: number;
  readonly type: "i32";
  readonly place: Place;
}

/** The value a variable has where this stands. */
export interface Read {
  readonly kind: "read";
  readonly id: number;
  readonly type: RegisterType;
  readonly variable: Variable;
}

/** The counter of a loop, or a parameter of a function: the same all through its body. */
export interface Formal {
  readonly kind: "formal";
  readonly id: number;
  readonly type: RegisterType;
  readonly name: string;
}

/** What instructions take. */
export type Operand = Constant | Computed | Load | Address | Read | Formal;

/** A register that is written more than once: sums, what loops carry, results of branches. Starts at 0. */
export interface Variable {
  readonly id: number;
  readonly type: RegisterType;
  readonly name: string;
}

export interface Store {
  readonly kind: "store";
  readonly storage: Storage;
  readonly place: Place;
  /** A scalar, or a vector for all its lanes. */
  readonly value: Operand;
}

export interface Assign {
  readonly kind: "assign";
  readonly variable: Variable;
  readonly value: Operand;
}

/** Runs the body for counter = from, from + step, … while counter < to. Bounds are i32, read once. */
export interface Loop {
  readonly kind: "loop";
  readonly counter: Formal;
  readonly from: Operand;
  readonly to: Operand;
  readonly step: number;
  readonly body: Block;
  /** The iterations may run in any order and several at once (but for assignments `variable = variable ∘ value`). */
  readonly independent: boolean;
}

/** Runs `test`, and while `condition` (computed there) holds the body and `test` again. */
export interface While {
  readonly kind: "while";
  readonly test: Block;
  readonly condition: Operand;
  readonly body: Block;
}

export interface Branch {
  readonly kind: "branch";
  readonly condition: Operand;
  readonly yes: Block;
  readonly no: Block;
}

/** A call for its effects. */
export interface Perform {
  readonly kind: "perform";
  readonly callee: Callee;
  readonly args: readonly Operand[];
}

/** Copies bytes between places that do not overlap. */
export interface Copy {
  readonly kind: "copy";
  readonly to: Place;
  readonly from: Place;
  readonly bytes: Operand;
}

/** Sets bytes to 0. */
export interface Clear {
  readonly kind: "clear";
  readonly to: Place;
  readonly bytes: Operand;
}

/** Constants and formals stand in no block. */
export type Statement =
  | Computed
  | Load
  | Address
  | Read
  | Store
  | Assign
  | Loop
  | While
  | Branch
  | Perform
  | Copy
  | Clear;

export interface Block {
  readonly statements: Statement[];
  /** Found by `notableOf` when it is first asked for; forgotten by `replaceStatements`. */
  notable: readonly Statement[] | undefined;
}

/** A function of the program: scalars in, at most one scalar out. */
export interface Routine {
  readonly kind: "routine";
  readonly name: string;
  readonly params: readonly Formal[];
  readonly body: Block;
  /** Computed in the body; undefined: no result. */
  readonly result: Operand | undefined;
}

/** A function of JavaScript that the program calls. i64 does not pass; bools and i32 are numbers. */
export interface Host {
  readonly kind: "host";
  readonly name: string;
  readonly params: readonly RegisterType[];
  readonly result: RegisterType | undefined;
  // biome-ignore lint/suspicious/noExplicitAny: the types are stated beside it
  readonly run: (...args: any[]) => unknown;
}

export type Callee = Routine | Host;

/**
 * Where a tensor lives. `temporary` buffers share memory with others that are not alive at the same time; the others
 * have memory of their own. Memory is not cleared between calls.
 */
export interface Buffer {
  readonly id: number;
  readonly name: string;
  readonly dtype: DType;
  /** In bytes. */
  readonly bytes: number;
  readonly role: "input" | "output" | "constant" | "temporary" | "state" | "heap";
  /** Of a constant: what memory holds from the start. */
  readonly data?: ArrayBufferView;
  /** Set by the planner: a multiple of 16, never 0. */
  address?: number;
}

export interface Program {
  readonly main: Routine;
  /** Buffers of every role but `temporary`, whether code mentions them or not. */
  readonly fixed: readonly Buffer[];
  /** A buffer of 0 bytes that the planner puts behind all others: where memory begins that the program may grow (tapes). */
  readonly heap: Buffer | undefined;
}
