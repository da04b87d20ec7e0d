import { lanesOf, maskOf, scalarOf } from "../../src/program/lanes.js";
import type { Opcode, RegisterType } from "../../src/program/types.js";

/** The types of an instruction's operands and result. */
export interface Signature {
  readonly op: Opcode;
  readonly args: readonly RegisterType[];
  readonly type: RegisterType;
  readonly lane?: number;
}

const floats: readonly RegisterType[] = ["f32", "f64", "f32x4", "f64x2"];
const integers: readonly RegisterType[] = ["i32", "i64", "i32x4", "i64x2"];
const masks: readonly RegisterType[] = ["b32x4", "b64x2"];
const numbers = [...floats, ...integers];
const logical: readonly RegisterType[] = ["bool", ...masks, ...integers];
const all = [...numbers, "bool", ...masks] as const;
const vectors = all.filter((type) => lanesOf(type) > 1);

const unary = (types: readonly RegisterType[]) => types.map((type) => [type, type] as const);
const binary = (types: readonly RegisterType[]) => types.map((type) => [type, type, type] as const);
const compare = (types: readonly RegisterType[]) =>
  types.map((type) => [maskOf(type), type, type] as const);
const shift = integers.map((type) => [type, type, "i32"] as const);
const scalars = binary(["i32", "i64"]);
const noMinimum = binary(numbers.filter((type) => type !== "i64x2"));
const truncations = [
  ...(["f32", "f64"] as const).flatMap((from) => [["i32", from] as const, ["i64", from] as const]),
  ["i32x4", "f32x4"] as const,
];

/** What every opcode takes: the result, then the operands. */
const table: Record<
  Exclude<Opcode, "math" | "rescue" | "call">,
  readonly (readonly RegisterType[])[]
> = {
  add: binary(numbers),
  sub: binary(numbers),
  mul: binary(numbers),
  div: binary(floats),
  neg: unary(numbers),
  abs: unary(numbers),
  sqrt: unary(floats),
  min: noMinimum,
  max: noMinimum,
  floor: unary(floats),
  ceil: unary(floats),
  trunc: unary(floats),
  nearest: unary(floats),
  copysign: binary(floats),
  madd: numbers.map((type) => [type, type, type, type]),
  divS: scalars,
  divU: scalars,
  remS: scalars,
  remU: scalars,
  and: binary(logical),
  or: binary(logical),
  xor: binary(logical),
  not: unary(logical),
  shl: shift,
  shrS: shift,
  shrU: shift,
  eq: compare(all),
  ne: compare(all),
  lt: compare(numbers),
  le: compare(numbers),
  gt: compare(numbers),
  ge: compare(numbers),
  ltU: compare(integers),
  leU: compare(integers),
  gtU: compare(integers),
  geU: compare(integers),
  select: [
    ...all.map((type) => [type, maskOf(type), type, type] as const),
    ...vectors.map((type) => [type, "bool", type, type] as const),
  ],
  convert: [
    ["f32", "i32"],
    ["f64", "i32"],
    ["i64", "i32"],
    ["f64", "i64"],
    ["f32", "i64"],
    ["f32", "f64"],
    ["f64", "f32"],
    ["i32", "bool"],
    ["i64", "bool"],
    ["f32", "bool"],
    ["f64", "bool"],
    ["i32x4", "b32x4"],
    ["f32x4", "b32x4"],
    ["i64x2", "b64x2"],
    ["f64x2", "b64x2"],
    ["f32x4", "i32x4"],
  ],
  convertU: [
    ["f32", "i32"],
    ["f64", "i32"],
    ["i64", "i32"],
    ["f64", "i64"],
    ["f32", "i64"],
    ["f32x4", "i32x4"],
  ],
  truncate: truncations,
  truncateU: truncations,
  wrap: [["i32", "i64"]],
  widenLow: [["f64x2", "f32x4"]],
  widenHigh: [["f64x2", "f32x4"]],
  reinterpret: (
    [
      ["f64", "i64"],
      ["f32", "i32"],
      ["f64x2", "i64x2"],
      ["f32x4", "i32x4"],
    ] as const
  ).flatMap(([a, b]) => [
    [a, b],
    [b, a],
  ]),
  splat: vectors.map((type) => [type, scalarOf(type)]),
  lane: vectors.map((type) => [scalarOf(type), type]),
  pack: vectors.map((type) => [type, ...Array(lanesOf(type)).fill(scalarOf(type))]),
  anyLane: masks.map((type) => ["bool", type]),
};

/** Every instruction but those that call functions. */
export const signatures: readonly Signature[] = Object.entries(table).flatMap(([op, rows]) =>
  rows.flatMap(([type, ...args]): Signature[] => {
    const signature = { op: op as Opcode, type: type as RegisterType, args };
    if (op !== "lane") return [signature];
    const lanes = lanesOf(args[0] as RegisterType);
    return Array.from({ length: lanes }, (_, lane) => ({ ...signature, lane }));
  }),
);
