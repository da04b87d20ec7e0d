import { bytesOf } from "../../program/elements.js";
import { entry } from "../../program/entry.js";
import { lanesOf } from "../../program/lanes.js";
import { operandsOf, variableOf } from "../../program/statements.js";
import type {
  Computed,
  Load,
  Loop,
  Opcode,
  Operand,
  RegisterType,
  Statement,
  Store,
  Variable,
} from "../../program/types.js";
import { hasVector, type Lanes, vectorOf } from "./vector-types.js";

/** `variable = variable op value` once in every iteration. */
export interface Reduction {
  readonly variable: Variable;
  readonly op: Opcode;
  /** What is added; of a·b + sum, the two factors. */
  readonly values: readonly Operand[];
  /** The type of the values: f32 where an f64 variable adds up converted f32. */
  readonly type: RegisterType;
}

/** How one value of a loop body is needed. */
export interface Need {
  vector: boolean;
  /** In every lane as a scalar. */
  lanes: boolean;
  /** In the first lane as a scalar: in addresses. */
  first: boolean;
}

/** How memory is met from iteration to iteration: `dense` are neighbouring elements, `strided` others equally far apart. */
export type Access = "same" | "dense" | "strided" | "scattered";

/** How to run several iterations at once; undefined: that cannot be done or does not pay. */
export function planVectors(loop: Loop): VectorPlan | undefined {
  if (!loop.independent || loop.step !== 1) return undefined;
  for (const statement of loop.body.statements) {
    const { kind } = statement;
    if (!["instruction", "load", "store", "read", "assign"].includes(kind)) return undefined;
    if ("type" in statement && lanesOf(statement.type) > 1) return undefined;
    if (kind === "store" && lanesOf(statement.value.type) > 1) return undefined;
  }
  const plan = new VectorPlan(loop);
  return plan.pays() ? plan : undefined;
}

/** So many instructions does a function of real numbers count for. */
const mathSize = 16;

const reducing: ReadonlySet<Opcode> = new Set(["add", "mul", "min", "max", "and", "or"]);

export class VectorPlan {
  readonly loop: Loop;
  private readonly statements: readonly Statement[];
  readonly reductions: Map<Statement, Reduction> = new Map();
  /** Reads of the variables of reductions and their updates: not part of the vector body. */
  readonly skipped: Set<Statement> = new Set();
  /** Of i32 values that are affine in the counter with a known factor: that factor. */
  readonly strides: Map<number, number> = new Map();
  /** Values that differ from lane to lane. */
  readonly varying: Set<number> = new Set();
  readonly access: Map<Statement, Access> = new Map();
  lanes: Lanes = 4;
  readonly needs: Map<number, Need> = new Map();
  /** Instructions in one vector iteration. */
  size = 0;

  constructor(loop: Loop) {
    this.loop = loop;
    this.statements = loop.body.statements;
  }

  /** Makes the plan; whether there is one that pays. */
  pays(): boolean {
    return this.findReductions() && this.follow() && this.chooseLanes() && this.findNeeds();
  }

  private findReductions(): boolean {
    const uses = new Map<number, number>();
    const mentions = new Map<Variable, Statement[]>();
    for (const statement of this.statements) {
      for (const { id } of operandsOf(statement)) uses.set(id, (uses.get(id) ?? 0) + 1);
      const variable = variableOf(statement);
      if (variable !== undefined) entry(mentions, variable, (): Statement[] => []).push(statement);
    }
    const inside = new Set<unknown>(this.statements);
    /** Computed in the body, for one reader. */
    const isOwn = (value: Operand | undefined): value is Computed =>
      value?.kind === "instruction" && inside.has(value) && uses.get(value.id) === 1;
    for (const statement of this.statements) {
      if (statement.kind !== "assign") continue;
      const { variable, value } = statement;
      const [read, , ...more] = mentions.get(variable) as Statement[];
      if (read?.kind !== "read" || more.length > 0 || uses.get(read.id) !== 1) return false;
      if (!isOwn(value)) return false;
      const { op, args, type } = value;
      if (type === "i64" && (op === "min" || op === "max")) return false;
      const values = args.filter(({ id }) => id !== read.id);
      if (op === "madd" ? args[2]?.id !== read.id : !reducing.has(op)) return false;
      if (values.length !== args.length - 1) return false;
      const [wide] = values;
      const isWidened = op === "add" && isOwn(wide) && wide.op === "convert" && type === "f64";
      if (isWidened && wide.args[0]?.type === "f32") {
        this.reductions.set(statement, { variable, op, values: wide.args, type: "f32" });
        this.skipped.add(wide);
      } else this.reductions.set(statement, { variable, op, values, type });
      this.skipped.add(read);
      this.skipped.add(value);
    }
    return true;
  }

  /** Follows what depends on the counter through the body. */
  private follow(): boolean {
    const { counter } = this.loop;
    this.varying.add(counter.id);
    this.strides.set(counter.id, 1);
    const stored = new Set<unknown>();
    for (const statement of this.statements)
      if (statement.kind === "store") stored.add(statement.place.buffer);
    for (const statement of this.statements) {
      if (this.skipped.has(statement)) continue;
      if (statement.kind === "instruction") {
        if (!statement.args.some(({ id }) => this.varying.has(id))) continue;
        this.varying.add(statement.id);
        const stride = this.strideOf(statement);
        if (stride !== undefined) this.strides.set(statement.id, stride);
      } else if (statement.kind === "load" || statement.kind === "store") {
        const access = this.accessOf(statement);
        this.access.set(statement, access);
        if (access === "same") {
          // what one iteration leaves, another finds
          if (stored.has(statement.place.buffer)) return false;
        } else if (statement.kind === "load") this.varying.add(statement.id);
      }
    }
    return true;
  }

  private strideOf({ op, type, args }: Computed): number | undefined {
    if (type !== "i32") return undefined;
    const [a, b] = args as [Operand, Operand];
    const of = (x: Operand): number | undefined =>
      this.varying.has(x.id) ? this.strides.get(x.id) : 0;
    const x = of(a);
    const y = b === undefined ? undefined : of(b);
    if (x === undefined || y === undefined) return undefined;
    if (op === "add") return x + y;
    if (op === "sub") return x - y;
    if (op === "mul" && b.kind === "constant") return x * Number(b.value);
    if (op === "mul" && a.kind === "constant") return y * Number(a.value);
    if (op === "shl" && b.kind === "constant") return x * 2 ** (Number(b.value) & 31);
    return undefined;
  }

  private accessOf({ place: { at }, storage }: Load | Store): Access {
    if (at === undefined || !this.varying.has(at.id)) return "same";
    const stride = this.strides.get(at.id);
    if (stride === undefined) return "scattered";
    return stride === bytesOf(storage) ? "dense" : "strided";
  }

  /** By what memory and sums hold. */
  private chooseLanes(): boolean {
    const types = new Set<RegisterType>();
    const needed = new Set<number>();
    for (const statement of this.statements.toReversed()) {
      if (statement.kind === "instruction" && !needed.has(statement.id)) continue;
      for (const { id } of operandsOf(statement)) needed.add(id);
      if (statement.kind === "store") types.add(statement.value.type);
      if (statement.kind === "assign")
        types.add((this.reductions.get(statement) as Reduction).type);
      if (statement.kind === "instruction" && this.varying.has(statement.id)) {
        if (statement.type !== "i32") types.add(statement.type);
        for (const arg of statement.args) if (arg.type !== "i32") types.add(arg.type);
      }
    }
    const is64 = types.has("f64") || types.has("i64");
    this.lanes = is64 ? 2 : 4;
    const sums = [...this.reductions.values()];
    return (
      !(is64 && types.has("f32")) &&
      sums.every(({ type }) => vectorOf(type, this.lanes) !== undefined)
    );
  }

  private findNeeds(): boolean {
    const { lanes, needs } = this;
    const need = (operand: Operand | undefined, what: keyof Need): void => {
      if (operand === undefined || operand.kind === "constant") return;
      const known = entry(needs, operand.id, () => ({ vector: false, lanes: false, first: false }));
      const as = what === "vector" && vectorOf(operand.type, lanes) === undefined ? "lanes" : what;
      known[as] = true;
    };
    const needAll = (operands: readonly Operand[], what: keyof Need): void => {
      for (const operand of operands) need(operand, what);
    };
    let vectors = 0;
    let scalars = 0;
    for (let i = this.statements.length - 1; i >= 0; i--) {
      const statement = this.statements[i] as Statement;
      if (this.skipped.has(statement)) continue;
      switch (statement.kind) {
        case "assign":
          needAll(this.reductions.get(statement)?.values ?? [], "vector");
          vectors++;
          break;
        case "store": {
          const dense =
            this.access.get(statement) === "dense" &&
            vectorOf(statement.value.type, lanes) !== undefined;
          need(statement.value, dense ? "vector" : "lanes");
          this.needAddress(statement, need);
          if (dense) vectors++;
          else scalars += lanes;
          break;
        }
        case "load": {
          const known = needs.get(statement.id);
          if (known === undefined) break;
          this.needAddress(statement, need);
          if (!this.varying.has(statement.id)) break;
          if (this.access.get(statement) === "dense" && known.vector) vectors++;
          else scalars += lanes;
          break;
        }
        case "instruction": {
          const known = needs.get(statement.id);
          if (known === undefined) break;
          const { args, op } = statement;
          if (!this.varying.has(statement.id)) {
            needAll(args, "first");
            break;
          }
          const vector = hasVector(statement, lanes);
          const cheap = this.strides.has(statement.id);
          if (known.lanes && !cheap && vector) known.vector = true;
          if (known.vector && !vector) known.lanes = true;
          if (known.vector && vector) {
            needAll(args, "vector");
            vectors += op === "math" ? mathSize : 1;
          }
          if (known.lanes && !cheap && !vector) {
            needAll(args, "lanes");
            scalars += lanes;
          } else if (known.first || (known.lanes && cheap)) needAll(args, "first");
          break;
        }
        default:
      }
    }
    this.size = vectors + scalars;
    return vectors > 0 && scalars <= vectors;
  }

  private needAddress(
    statement: Load | Store,
    need: (operand: Operand | undefined, what: keyof Need) => void,
  ): void {
    const scattered = this.access.get(statement) === "scattered";
    need(statement.place.at, scattered ? "lanes" : "first");
  }
}
