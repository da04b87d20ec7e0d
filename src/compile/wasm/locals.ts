import type { RegisterType } from "../../program/types.js";
import { valueTypeOf } from "./value-types.js";

/** The locals of a function; those that nobody needs any more serve again. */
export class Locals {
  /** Types of the locals behind the parameters. */
  readonly types: number[] = [];
  private readonly params: number;
  /** Free locals by value type (0x7b … 0x7f). */
  private readonly free: readonly number[][] = [[], [], [], [], []];

  constructor(params: number) {
    this.params = params;
  }

  take(type: RegisterType): number {
    const valueType = valueTypeOf(type);
    return this.free[valueType - 0x7b]?.pop() ?? this.params + this.types.push(valueType) - 1;
  }

  /** One that nothing used before: it starts at 0. */
  fresh(type: RegisterType): number {
    return this.params + this.types.push(valueTypeOf(type)) - 1;
  }

  /** Parameters stay what they are. */
  give(local: number): void {
    const type = this.types[local - this.params];
    if (type !== undefined) this.free[type - 0x7b]?.push(local);
  }
}
