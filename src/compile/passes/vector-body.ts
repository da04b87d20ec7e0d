import type { Builder } from "../../program/builder.js";
import { entry } from "../../program/entry.js";
import type {
  Computed,
  Load,
  Operand,
  Place,
  RegisterType,
  Statement,
  Store,
} from "../../program/types.js";
import type { Access, Need, Reduction, VectorPlan } from "./vector-analysis.js";
import { hasVector, isShift, lanesIn, vectorOf } from "./vector-types.js";

/** How a value of the scalar loop is there in the vector loop. */
interface Forms {
  /** In the first lane, and in all if it is the same in all. */
  first?: Operand;
  lanes?: readonly Operand[];
  vector?: Operand;
}

/** Emits one vector iteration, statement by statement: iterations start + shift, start + shift + 1, … of the loop. */
export class VectorBody {
  private readonly b: Builder;
  private readonly plan: VectorPlan;
  private readonly forms = new Map<number, Forms>();
  private readonly shift: number;

  constructor(b: Builder, plan: VectorPlan, start: Operand, shift: number) {
    this.b = b;
    this.plan = plan;
    this.shift = shift;
    // addresses are those of `start`; what lies behind it is a known distance away
    this.forms.set(plan.loop.counter.id, { first: start });
  }

  /** Emits a statement of the body; `reduce` gets the vectors that a reduction takes up. */
  emit(
    statement: Statement,
    reduce: (reduction: Reduction, values: readonly Operand[]) => void,
  ): void {
    const { b, plan } = this;
    if (plan.skipped.has(statement)) return;
    switch (statement.kind) {
      case "instruction": {
        const need = plan.needs.get(statement.id);
        if (need !== undefined) this.forms.set(statement.id, this.instruction(statement, need));
        break;
      }
      case "load": {
        const need = plan.needs.get(statement.id);
        if (need !== undefined) this.forms.set(statement.id, this.load(statement, need));
        break;
      }
      case "read":
        if (plan.needs.has(statement.id))
          this.forms.set(statement.id, { first: b.read(statement.variable) });
        break;
      case "store":
        this.store(statement);
        break;
      case "assign": {
        const reduction = plan.reductions.get(statement) as Reduction;
        reduce(
          reduction,
          reduction.values.map((value) => this.vector(value)),
        );
        break;
      }
      default: // such loops have no plan
    }
  }

  private perLane<T>(of: (lane: number) => T): T[] {
    return Array.from({ length: this.plan.lanes }, (_, k) => of(k));
  }

  private typeOf(type: RegisterType): RegisterType {
    return vectorOf(type, this.plan.lanes) as RegisterType;
  }

  private first(operand: Operand): Operand {
    const form = this.forms.get(operand.id);
    if (form === undefined) return operand; // from outside the loop
    return form.first ?? (this.scalars(operand)[0] as Operand);
  }

  /** The values of all lanes. */
  private scalars(operand: Operand): readonly Operand[] {
    const { b } = this;
    const form = this.forms.get(operand.id);
    if (!this.plan.varying.has(operand.id)) {
      const same = this.first(operand);
      return this.perLane(() => same);
    }
    const known = form as Forms;
    known.lanes ??=
      operand.id === this.plan.loop.counter.id
        ? this.perLane((k) => b.add(known.first as Operand, this.shift + k))
        : lanesIn(b, known.vector as Operand);
    return known.lanes;
  }

  private vector(operand: Operand): Operand {
    const { b } = this;
    const type = this.typeOf(operand.type);
    if (operand.kind === "constant") return b.constant(type, operand.value);
    const form = entry(this.forms, operand.id, (): Forms => ({ first: operand }));
    if (form.vector === undefined) {
      if (!this.plan.varying.has(operand.id)) form.vector = b.splat(form.first as Operand, type);
      else if (operand.id === this.plan.loop.counter.id && this.plan.lanes === 4) {
        const steps = this.perLane((k) => b.i32(this.shift + k));
        form.vector = b.add(b.splat(form.first as Operand, type), b.pack(type, steps));
      } else form.vector = b.pack(type, this.scalars(operand));
    }
    return form.vector;
  }

  private instruction(statement: Computed, need: Need): Forms {
    const { b, plan } = this;
    const { type, args } = statement;
    const again = (operands: readonly Operand[]): Operand => b.again(statement, type, operands);
    const forms: Forms = {};
    if (!plan.varying.has(statement.id)) {
      forms.first = again(args.map((arg) => this.first(arg)));
      return forms;
    }
    const stride = this.strideOf(statement);
    const vectorial = hasVector(statement, plan.lanes);
    if (need.first || (need.lanes && stride !== undefined))
      forms.first = again(args.map((arg) => this.first(arg)));
    if (need.lanes && stride !== undefined) {
      const from = forms.first as Operand;
      forms.lanes = this.perLane((k) => b.add(from, stride * (this.shift + k)));
    } else if (need.lanes && !vectorial) {
      const lanes = args.map((arg) => this.scalars(arg));
      forms.lanes = this.perLane((k) => again(lanes.map((lane) => lane[k] as Operand)));
    }
    if (need.vector && vectorial) forms.vector = this.vectorInstruction(statement);
    return forms;
  }

  private strideOf({ id }: Operand): number | undefined {
    return this.plan.strides.get(id);
  }

  private vectorInstruction(statement: Computed): Operand {
    const { b } = this;
    const { op, type, args } = statement;
    const to = this.typeOf(type);
    // the count of a shift stays a scalar
    const vectors = args.map((arg, i) => (i === 1 && isShift(op) ? arg : this.vector(arg)));
    if (op === "convert" && args[0]?.type === "bool")
      return b.select(vectors[0] as Operand, b.constant(to, 1), 0);
    return b.again(statement, to, vectors);
  }

  private load(statement: Load, need: Need): Forms {
    const { b } = this;
    const { type, storage, place } = statement;
    const access = this.plan.access.get(statement) as Access;
    if (access === "same") return { first: b.load(type, storage, this.placeAt(place, 0)) };
    const to = vectorOf(type, this.plan.lanes);
    if (access === "dense" && to !== undefined && need.vector)
      return { vector: b.load(to, storage, this.placeAt(place, this.byteShift(statement, 0))) };
    const lanes = this.places(statement, access).map((at) => b.load(type, storage, at));
    return { lanes };
  }

  private byteShift({ place }: Load | Store, lane: number): number {
    return (place.at === undefined ? 0 : (this.strideOf(place.at) ?? 0)) * (this.shift + lane);
  }

  /** The place of every lane. */
  private places(statement: Load | Store, access: Access): Place[] {
    const { place } = statement;
    if (access !== "scattered")
      return this.perLane((k) => this.placeAt(place, this.byteShift(statement, k)));
    return this.scalars(place.at as Operand).map((at) => ({ ...place, at }));
  }

  private placeAt({ buffer, at, offset }: Place, shift: number): Place {
    const { b } = this;
    const from = at === undefined ? undefined : this.first(at);
    if (shift >= 0 || from === undefined) return { buffer, at: from, offset: offset + shift };
    return { buffer, at: b.add(from, shift), offset }; // offsets had better not be negative
  }

  private store(statement: Store): void {
    const { b } = this;
    const { storage, place, value } = statement;
    const access = this.plan.access.get(statement) as Access;
    if (access === "dense" && vectorOf(value.type, this.plan.lanes) !== undefined) {
      const at = this.placeAt(place, this.byteShift(statement, 0));
      b.store(storage, at, this.vector(value));
      return;
    }
    const values = this.scalars(value);
    this.places(statement, access).forEach((at, k) => {
      b.store(storage, at, values[k] as Operand);
    });
  }
}
