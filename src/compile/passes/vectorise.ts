import { Builder } from "../../program/builder.js";
import { calleesOf } from "../../program/callees.js";
import { extentOf, longestExtentOf } from "../../program/extent.js";
import { scalarOf } from "../../program/lanes.js";
import { blocksOf, replaceNotable } from "../../program/statements.js";
import type {
  Block,
  Loop,
  Opcode,
  Operand,
  Program,
  RegisterType,
  Statement,
  Variable,
} from "../../program/types.js";
import { planVectors, type Reduction, type VectorPlan } from "./vector-analysis.js";
import { VectorBody } from "./vector-body.js";
import { lanesIn, vectorOf } from "./vector-types.js";

/** Sums of floats add up so many elements at a time, which bounds the rounding error. */
const piece = 4096;
/** Bodies up to this many instructions run twice per round, so that there is something to do while one waits. */
const medium = 80;
/** Bodies up to this many add up in more chains than that. */
const small = 12;

/**
 * Runs several iterations of innermost independent loops at once, in vectors, and the rest one by one. The order in
 * which floats are summed depends on their number only.
 */
export function vectorise(program: Program): void {
  for (const routine of calleesOf(program.main).routines) visit(routine.body);
}

function visit(block: Block): void {
  replaceNotable(block, (statement) => {
    for (const inner of blocksOf(statement)) visit(inner);
    return statement.kind === "loop" ? vectorLoop(statement) : undefined;
  });
}

/** What runs in place of a loop; undefined: it stays. */
function vectorLoop(loop: Loop): readonly Statement[] | undefined {
  const plan = planVectors(loop);
  if (plan === undefined) return undefined;
  const trips = extentOf(loop);
  if (trips < 2 * plan.lanes) return undefined;
  const reduces = plan.reductions.size > 0;
  const round = plan.lanes * (reduces ? accumulatorsOf(plan, trips) : roundsOf(plan, trips));
  const b = new Builder();
  const { from, to } = loop;
  const whole =
    trips === Infinity
      ? b.compute("and", "i32", [b.max(b.sub(to, from), 0), b.i32(-round)])
      : b.i32(trips - (trips % round));
  const end = b.add(from, whole);
  if (reduces) emitSums(b, plan, end, round);
  else emitRounds(b, plan, from, end, round, () => {});
  const rest: Statement[] = trips % round === 0 ? [] : [{ ...loop, from: end }];
  return [...b.block.statements, ...rest];
}

function roundsOf({ size, lanes }: VectorPlan, trips: number): number {
  if (size > medium) return 1;
  return trips % (2 * lanes) !== 0 && trips % lanes === 0 ? 1 : 2;
}

/**
 * How many vectors hold partial sums; element i of a block goes to partial sum i mod (accumulators · lanes). A chain
 * of additions waits for each; large bodies hide that.
 */
function accumulatorsOf(plan: VectorPlan, trips: number): number {
  const { size, lanes } = plan;
  const wide = [...plan.reductions.values()].some(isWidened);
  const wanted = size > medium ? 1 : size > small || wide ? 2 : 4;
  return trips >= wanted * lanes ? wanted : trips >= 2 * lanes ? 2 : 1;
}

type Reduce = (reduction: Reduction, values: readonly Operand[], accumulator: number) => void;

function emitRounds(
  b: Builder,
  plan: VectorPlan,
  from: Operand,
  end: Operand,
  round: number,
  reduce: Reduce,
): void {
  // all take the same step before any takes the next: the machine has more to do while it waits for one
  const body = (start: Operand): void => {
    const bodies: VectorBody[] = [];
    for (let at = 0; at < round; at += plan.lanes) bodies.push(new VectorBody(b, plan, start, at));
    for (const statement of plan.loop.body.statements)
      bodies.forEach((one, k) => {
        one.emit(statement, (reduction, values) => reduce(reduction, values, k));
      });
  };
  b.loop(from, end, body, { step: round, independent: true });
}

function emitSums(b: Builder, plan: VectorPlan, end: Operand, round: number): void {
  const { loop } = plan;
  const sums = [...plan.reductions.values()];
  const partials = new Map<Reduction, readonly Variable[]>();
  for (const sum of sums) {
    const type = vectorOf(sum.variable.type, isWidened(sum) ? 2 : plan.lanes) as RegisterType;
    const count = (round / plan.lanes) * (isWidened(sum) ? 2 : 1);
    const names = Array.from({ length: count }, (_, k) => `${sum.variable.name}${k}`);
    partials.set(
      sum,
      names.map((name) => b.variable(type, name)),
    );
  }
  const block = (from: Operand, to: Operand): void => {
    for (const [sum, variables] of partials)
      for (const variable of variables) b.assign(variable, identityOf(opOf(sum), variable.type));
    emitRounds(b, plan, from, to, round, (sum, values, k) => {
      const variables = partials.get(sum) as readonly Variable[];
      const [value, factor] = values as [Operand, Operand];
      const parts = isWidened(sum)
        ? [b.compute("widenLow", "f64x2", [value]), b.compute("widenHigh", "f64x2", [value])]
        : [value];
      parts.forEach((part, i) => {
        const variable = variables[k * parts.length + i] as Variable;
        const before = b.read(variable);
        const after =
          sum.op === "madd"
            ? b.madd(part, factor, before)
            : b.compute(sum.op, variable.type, [before, part]);
        b.assign(variable, after);
      });
    });
    for (const [sum, variables] of partials) {
      const op = opOf(sum);
      const vector = combine(
        b,
        op,
        variables.map((one) => b.read(one)),
      );
      const total = combine(b, op, lanesIn(b, vector));
      const { variable } = sum;
      b.assign(variable, b.compute(op, variable.type, [b.read(variable), total]));
    }
  };
  const rounded = sums.some(
    (sum) => ["add", "mul"].includes(opOf(sum)) && /^f/.test(sum.variable.type),
  );
  if (!rounded || longestExtentOf(loop) <= piece) block(loop.from, end);
  else
    b.loop(loop.from, end, (from) => block(from, b.min(b.add(from, piece), end)), {
      step: piece,
      name: "block",
    });
}

/** Whether an f64 variable adds up f32. */
function isWidened({ type, variable }: Reduction): boolean {
  return type !== variable.type;
}

function opOf({ op }: Reduction): Opcode {
  return op === "madd" ? "add" : op;
}

/** Pairs of neighbours, then pairs of these, … */
function combine(b: Builder, op: Opcode, values: readonly Operand[]): Operand {
  let level = values;
  while (level.length > 1) {
    const next: Operand[] = [];
    for (let i = 0; i < level.length; i += 2) {
      const left = level[i] as Operand;
      const right = level[i + 1];
      next.push(right === undefined ? left : b.compute(op, left.type, [left, right]));
    }
    level = next;
  }
  return level[0] as Operand;
}

/** What changes nothing; the −0 of sums is 0 as an integer. */
function identityOf(op: Opcode, type: RegisterType): number {
  const scalar = scalarOf(type);
  switch (op) {
    case "add":
      return -0;
    case "mul":
      return 1;
    case "min":
      return scalar === "i32" ? 0x7fffffff : Infinity;
    case "max":
      return scalar === "i32" ? -0x80000000 : -Infinity;
    case "and":
      return scalar === "bool" ? 1 : -1;
    default:
      return 0;
  }
}
