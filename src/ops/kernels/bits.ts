import type { ElementCode } from "../../core/lowering.js";
import type { Builder } from "../../program/builder.js";
import type { Opcode, Operand } from "../../program/types.js";

/** One opcode for integers and bool. */
export function bits(op: Opcode, cheap = true): ElementCode {
  return { name: op, code: (b, args) => b.compute(op, args[0].type, args), cheap };
}

export const shiftLeft: ElementCode = {
  name: "shiftLeft",
  code: (b, [x, y]) => b.select(isShift(b, y), b.compute("shl", "i32", [x, y]), 0),
};

export const shiftRight: ElementCode = {
  name: "shiftRight",
  code: (b, [x, y], dtype) =>
    dtype === "u32"
      ? b.select(isShift(b, y), b.compute("shrU", "i32", [x, y]), 0)
      : b.compute("shrS", "i32", [x, b.select(isShift(b, y), y, 31)]),
};

function isShift(b: Builder, y: Operand): Operand {
  return b.compare("ltU", y, 32);
}
