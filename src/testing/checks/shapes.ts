import {
  applyOperation,
  broadcastTo,
  type Case,
  grad,
  sum,
  type Tensor,
  tensor,
  vmap,
} from "../../index.js";
import { Random, seedFrom } from "../random.js";
import {
  activeCall,
  callOf,
  casesOf,
  domainOf,
  ownCases,
  type Situation,
  signature,
  situate,
  sizeOf,
  whole,
} from "../situations.js";
import {
  Count,
  disagreement,
  execute,
  inSituation,
  type Subject,
  sameTensors,
  type Tally,
  typeText,
} from "../tally.js";
import { type Flat, isFloat, like } from "../vectors.js";
import { directed, forwardOf, hasForward, reverseOf } from "./along.js";
import { stacked } from "./batching.js";

/** Inputs without elements: value, both derivatives, and vmap, also over an axis of length 0. */
export function takesEmpty(subject: Subject): Tally {
  const count = new Count();
  const { operation } = subject;
  const own = casesOf(operation).filter(isEmpty);
  const made = shapedCases(subject, [[0], [2, 0], [0, 3]]);
  if (own.length + made.length === 0) count.leaveOut("no case without elements among `cases`");
  for (const source of [...own, ...made])
    derivesEverywhere(subject, situate(operation, source, subject.seed), count);
  for (const source of casesOf(operation)) {
    const situation = situate(operation, source, subject.seed);
    if (situation.inputs.length === 0) continue;
    inSituation(situation, () => {
      const call = callOf(situation);
      const shapes = call(...situation.inputs);
      const none = situation.inputs.map(
        (x) => tensor([], [0, ...x.shape], { dtype: x.dtype }) as Tensor,
      );
      const mapped: Flat = (...xs) => vmap(call)(...xs);
      const expected = shapes.map((y) => tensor([], [0, ...y.shape], { dtype: y.dtype }) as Tensor);
      sameTensors("vmap over an axis of length 0", execute(subject, mapped, none), expected, 0);
      count.pass();
    });
  }
  return count;
}

/** Inputs without axes. */
export function takesScalars(subject: Subject): Tally {
  const count = new Count();
  const { operation } = subject;
  const own = casesOf(operation).filter(
    ({ inputs }) => inputs.length > 0 && inputs.every(({ shape }) => shape.length === 0),
  );
  const made = shapedCases(subject, [[]]);
  if (own.length + made.length === 0) count.leaveOut("no case of scalars among `cases`");
  for (const source of [...own, ...made])
    derivesEverywhere(subject, situate(operation, source, subject.seed), count);
  return count;
}

function isEmpty({ inputs }: Case<unknown>): boolean {
  return inputs.some(({ shape }) => shape.includes(0));
}

/** Elementwise operations at given shapes, with the parameters of their cases. */
function shapedCases(
  { operation }: Subject,
  shapes: readonly (readonly number[])[],
): Case<unknown>[] {
  if (operation.derivative.kind !== "elementwise") return [];
  const all = casesOf(operation).map(({ params }) => params);
  const parameters = all.slice(0, 1);
  return parameters.flatMap((params) =>
    shapes.map((shape) => ({
      inputs: signature(operation, params).map((dtype) => ({ shape, dtype })),
      params,
    })),
  );
}

/** Value, tangents, cotangents and a batch of two have the shapes they must have. */
function derivesEverywhere(subject: Subject, situation: Situation, count: Count): void {
  inSituation(situation, () => {
    const call = callOf(situation);
    const ys = execute(subject, call, situation.inputs);
    count.pass();
    if (situation.inputs.length > 0) {
      const pairs = situation.inputs.map((x) => stacked([x, x], 0));
      const mapped: Flat = (...xs) => vmap(call)(...xs);
      const expected = ys.map((y) => stacked([y, y], 0));
      sameTensors("vmap", execute(subject, mapped, pairs), expected, 1e-13);
      count.pass();
    }
    const along = directed(subject, situation, count);
    if (along === undefined) return;
    const { xs, ts, vs } = along;
    const f = activeCall(situation);
    const pulled = execute(subject, reverseOf(f, xs.length), [...xs, ...vs]);
    haveTypesOf("cotangents", pulled, xs);
    count.pass();
    if (!hasForward(situation, count)) return;
    haveTypesOf("tangents", execute(subject, forwardOf(f), [...xs, ...ts]), along.ys);
    count.pass();
  });
}

function haveTypesOf(what: string, actual: readonly Tensor[], expected: readonly Tensor[]): void {
  expected.forEach((x, k) => {
    const y = actual[k] as Tensor;
    if (typeText(y) !== typeText(x)) throw disagreement(`${what} ${k}`, typeText(x), typeText(y));
  });
}

/** The public function broadcasts its arguments and takes numbers; gradients have the arguments' shapes. */
export function broadcasts(subject: Subject): Tally {
  const { operation, functions, seed } = subject;
  const count = new Count();
  const f = functions[operation.name];
  if (operation.derivative.kind !== "elementwise") count.leaveOut("not elementwise");
  else if (operation.derivative.partials.length < 2) count.leaveOut("of one argument");
  else if (ownCases(operation).some(({ params }) => params !== undefined))
    count.leaveOut("has parameters");
  else if (typeof f !== "function") count.leaveOut("no public function of this name");
  if (count.reasons.size > 0) return count;
  const call = f as (...xs: unknown[]) => Tensor;
  const dtypes = signature(operation, undefined);
  const random = new Random(seedFrom(seed, operation.name));
  const combinations = [
    [[3, 1], [4], []],
    [[], [2, 3], [3]],
    [[2, 1, 3], [4, 1], [1]],
    [[0, 1], [1, 2], [2]],
  ];
  for (const shapes of combinations) {
    const inputs = dtypes.map((dtype, at) => {
      const shape = shapes[at] as number[];
      const { low, high } = domainOf(operation, at) ?? {
        low: -1,
        high: 1,
      };
      const draw = (): number =>
        isFloat(dtype) ? random.between(low, high) : whole({ low, high }, dtype, random);
      return tensor(Array.from({ length: sizeOf(shape) }, draw), shape, { dtype }) as Tensor;
    });
    const shape = common(inputs.map((x) => x.shape));
    const spread = inputs.map((x): Tensor => broadcastTo(x, shape));
    const expected = applyOperation(operation, spread, undefined);
    // spread out first, by the implementation under test too: the same bits
    const apart = execute(subject, (...xs) => [applyOperation(operation, xs, undefined)], spread);
    const actual = execute(subject, (...xs) => [call(...xs)], inputs);
    sameTensors(`shapes ${inputs.map(typeText).join(" and ")}`, actual, apart, 0);
    count.pass();
    const numbers = inputs.map((x) => (x.ndim === 0 && x.dtype === "f64" ? x.item() : x));
    sameTensors("numbers for scalars", [call(...numbers)], [expected], 0);
    count.pass();
    if (!isFloat(expected.dtype)) continue;
    const active = inputs.flatMap((x, at) => (x.dtype === "f64" ? [at] : []));
    const loss = (...xs: Tensor[]): Tensor => sum(call(...xs));
    const gradients: Flat = (...xs) => grad(loss, { argnums: active })(...xs);
    const floats = active.map((at) => inputs[at] as Tensor);
    haveTypesOf(
      "gradient",
      execute(subject, gradients, inputs),
      floats.map((x) => like(x, x.data)),
    );
    count.pass();
  }
  return count;
}

function common(shapes: readonly (readonly number[])[]): number[] {
  const rank = Math.max(...shapes.map((shape) => shape.length));
  return Array.from({ length: rank }, (_, axis) => {
    const lengths = shapes.map((shape) => shape[axis - rank + shape.length] ?? 1);
    return lengths.find((length) => length !== 1) ?? 1;
  });
}
