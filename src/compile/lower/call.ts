import type { ArrayPlace } from "../../core/kernel.js";
import { Builder, freshId } from "../../program/builder.js";
import { procedure } from "../../program/statements.js";
import type { Formal, Operand, Routine } from "../../program/types.js";

/** A call of a routine that others with operands like these may call too. The same memory is one pointer. */
export class Call {
  readonly args: Operand[] = [];
  private readonly formals: Formal[] = [];
  private readonly b: Builder;

  constructor(b: Builder) {
    this.b = b;
  }

  /** The parameter that stands for an operand. */
  pass(operand: Operand): Formal {
    const known = this.args.findIndex(({ id }) => id === operand.id);
    if (known >= 0) return this.formals[known] as Formal;
    const formal = this.b.formal(operand.type, `p${this.args.length}`);
    this.args.push(operand);
    this.formals.push(formal);
    return formal;
  }

  /** An array as the routine sees it: behind a pointer. */
  array(array: ArrayPlace): ArrayPlace {
    const at = this.pass(this.b.address(array.place));
    return { ...array, place: { buffer: undefined, at, offset: 0 } };
  }

  /** The same for arrays that lie alike, behind the same pointer. */
  layoutOf({ place, strides, shape, dtype }: ArrayPlace): string {
    const pointer = this.formals.indexOf(place.at as Formal);
    return `${dtype}[${shape.join()}/${strides.join()}]@${pointer}`;
  }

  routine(name: string, build: (b: Builder) => void): Routine {
    const b = new Builder();
    build(b);
    return procedure(`${name}${freshId()}`, this.formals, b.block);
  }
}
