import { freshId } from "../program/builder.js";
import { lanesOf } from "../program/lanes.js";
import type {
  Assign,
  Buffer,
  Load,
  Operand,
  Place,
  Read,
  RegisterType,
  Statement,
  Store,
  Variable,
} from "../program/types.js";
import { cellStorage } from "./statements.js";

/** Memory for values that pass from one routine to another, one cell each. */
export class Cells {
  private readonly places = new Map<number, Place>();
  private readonly buffer: { -readonly [K in keyof Buffer]: Buffer[K] };

  constructor(name: string) {
    this.buffer = { id: freshId(), name, dtype: "f64", bytes: 0, role: "temporary" };
  }

  /** The cell of a value or variable. */
  private placeOf({ id, type }: { readonly id: number; readonly type: RegisterType }): Place {
    let place = this.places.get(id);
    if (place === undefined) {
      const bytes = lanesOf(type) > 1 ? 16 : 8;
      const offset = Math.ceil(this.buffer.bytes / bytes) * bytes;
      this.buffer.bytes = offset + bytes;
      place = { buffer: this.buffer, at: undefined, offset };
      this.places.set(id, place);
    }
    return place;
  }

  store(value: Operand): Store {
    return {
      kind: "store",
      storage: cellStorage(value.type),
      place: this.placeOf(value),
      value,
    };
  }

  /** Under the id of the value, so that its readers find it. */
  load({ id, type }: Operand): Load {
    return {
      kind: "load",
      id,
      type,
      storage: cellStorage(type),
      place: this.placeOf({ id, type }),
    };
  }

  save(variable: Variable): Statement[] {
    const { id, type } = variable;
    const read: Read = { kind: "read", id: freshId(), type, variable };
    const place = this.placeOf({ id, type });
    return [read, { kind: "store", storage: cellStorage(type), place, value: read }];
  }

  restore(variable: Variable): Statement[] {
    const { id, type } = variable;
    const value = { ...this.load({ id, type } as Operand), id: freshId() };
    const assign: Assign = { kind: "assign", variable, value };
    return [value, assign];
  }
}
