import { freshId } from "../../program/builder.js";
import { entry } from "../../program/entry.js";
import { lanesOf } from "../../program/lanes.js";
import { cellStorage } from "../../program/statements.js";
import type {
  Buffer,
  Load,
  Operand,
  Place,
  RegisterType,
  Statement,
  Store,
  Variable,
} from "../../program/types.js";

/** Memory for values that pass from one routine to another, one cell each; as long as there are cells. */
export class Cells {
  readonly buffer: Buffer;
  private readonly places = new Map<number, Place>();
  private readonly growing: { -readonly [K in keyof Buffer]: Buffer[K] };

  constructor(name: string, role: "temporary" | "state") {
    this.growing = { id: freshId(), name, dtype: "f64", bytes: 0, role };
    this.buffer = this.growing;
  }

  /** The cell of a value or variable. */
  private placeOf(id: number, type: RegisterType): Place {
    return entry(this.places, id, () => {
      const bytes = lanesOf(type) > 1 ? 16 : 8;
      const offset = Math.ceil(this.buffer.bytes / bytes) * bytes;
      this.growing.bytes = offset + bytes;
      return { buffer: this.buffer, at: undefined, offset };
    });
  }

  store(value: Operand, id: number = value.id): Store {
    const { type } = value;
    return { kind: "store", storage: cellStorage(type), place: this.placeOf(id, type), value };
  }

  /** Under the id of the value, so that its readers find it. */
  load(id: number, type: RegisterType, as: number = id): Load {
    return {
      kind: "load",
      id: as,
      type,
      storage: cellStorage(type),
      place: this.placeOf(id, type),
    };
  }

  save(variable: Variable): Statement[] {
    const { id, type } = variable;
    const read = { kind: "read", id: freshId(), type, variable } as const;
    return [read, this.store(read, id)];
  }

  restore(variable: Variable): Statement[] {
    const value = this.load(variable.id, variable.type, freshId());
    return [value, { kind: "assign", variable, value }];
  }
}
