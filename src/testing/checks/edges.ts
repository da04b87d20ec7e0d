import { jacfwd, jacrev, jvp, type Primitive, type Tensor, tensor, vjp } from "../../index.js";
import { Random, seedFrom } from "../random.js";
import { activeCall, domainOf, ownCases, type Situation, signature } from "../situations.js";
import {
  Count,
  disagreement,
  execute,
  inEachSituation,
  inSituation,
  type Subject,
  sameNumbers,
  type Tally,
} from "../tally.js";
import { type Flat, isFloat, like } from "../vectors.js";
import { hasForward } from "./along.js";

/**
 * At kinks, poles and ties both modes give one derivative, and no NaN comes out where the value is none (unless
 * the operation's doc speaks of NaN).
 */
export function keepsEdges(subject: Subject): Tally {
  const { operation } = subject;
  if (operation.derivative.kind === "elementwise") return elementwiseEdges(subject);
  return inEachSituation(subject, (situation, count) => {
    if (operation.derivative.kind === "none") {
      count.leaveOut(`not differentiable: ${operation.derivative.why}`);
      return;
    }
    for (const altered of alterations(subject, situation)) {
      const f = activeCall(altered);
      const xs = altered.active.map((at) => altered.inputs[at] as Tensor);
      const ys = f(...xs);
      if (xs.length === 0 || ys.length === 0) {
        count.leaveOut("no float inputs or results");
        return;
      }
      if (!hasForward(altered, count)) return;
      compareJacobians(subject, f, xs, ys);
      count.pass();
    }
  });
}

function compareJacobians(subject: Subject, f: Flat, xs: readonly Tensor[], ys: readonly Tensor[]) {
  const argnums = xs.map((_, i) => i);
  const blocks =
    (transform: typeof jacfwd): Flat =>
    (...at) =>
      (transform(f, { argnums })(...at) as unknown as Tensor[][]).flat();
  const forward = execute(subject, blocks(jacfwd), xs);
  const reverse = execute(subject, blocks(jacrev), xs);
  const values = ys.flatMap((y) => xs.map(() => y));
  reverse.forEach((block, k) => {
    const other = forward[k] as Tensor;
    const largest = Math.max(
      1,
      ...Array.from(block.data, (v) => (Number.isFinite(v) ? Math.abs(v) : 0)),
    );
    sameNumbers("reverse beside forward mode", block.data, other.data, 1e-11 * largest);
    const y = values[k] as Tensor;
    const width = block.size / Math.max(1, y.size);
    block.data.forEach((derivative, i) => {
      const value = y.data[Math.floor(i / width)] as number;
      if (Number.isNaN(derivative) && !Number.isNaN(value) && !speaksOfNaN(subject.operation))
        throw disagreement(`derivative of element ${i}, value ${value}`, "a number", "NaN");
    });
  });
}

/**
 * Where a cotangent is zero by structure outside a condition, the transpose is so outside what `support` says: just
 * the elements that none of the others depend on.
 */
export function keepsSupport(subject: Subject): Tally {
  const { derivative } = subject.operation;
  return inEachSituation(subject, (situation, count) => {
    if (derivative.kind !== "linear" || derivative.support === undefined) {
      count.leaveOut(derivative.kind === "linear" ? "keeps no support" : "not linear");
      return;
    }
    const { inputs, active, params } = situation;
    const f = activeCall(situation);
    const xs = active.map((at) => inputs[at] as Tensor);
    const [y] = f(...xs);
    if (y === undefined || xs.length === 0) {
      count.leaveOut("no float inputs or results");
      return;
    }
    const random = new Random(seedFrom(subject.seed, `${situation.label} support`));
    const condition = tensor(
      Array.from({ length: y.size }, () => random.integer(0, 1)),
      y.shape,
      { dtype: "bool" },
    );
    const linear = derivative.groups(inputs.length, params).flat();
    active.forEach((at, k) => {
      if (!linear.includes(at)) return;
      const x = xs[k] as Tensor;
      const block = jacrev(f, { argnums: k })(...xs) as unknown as Tensor[];
      const { data } = block[0] as Tensor;
      const reached = Array.from({ length: x.size }, (_, i) =>
        Number(condition.data.some((on, o) => on !== 0 && data[o * x.size + i] !== 0)),
      );
      const support = derivative.support?.(condition, at, inputs as never, params) as Tensor;
      const covered = reached.map((on, i) => Math.max(on, support.data[i] as number));
      sameNumbers(`support of input ${at}`, support.data, covered, 0);
      if (covered.some((on, i) => on !== reached[i])) count.leaveOut("wider than it need be");
      count.pass();
    });
  });
}

/** The situation with edges of the domain put in, with ties, and all elements alike. */
function alterations(subject: Subject, situation: Situation): Situation[] {
  const { operation, inputs, source } = situation;
  const random = new Random(seedFrom(subject.seed, `${situation.label} edges`));
  const altering = (alter: (x: Tensor, edges: readonly number[]) => Tensor): Situation => ({
    ...situation,
    inputs: inputs.map((x, at) => {
      if (!isFloat(x.dtype) || source.inputs[at]?.values !== undefined || x.size === 0) return x;
      const interval = source.inputs[at]?.interval ?? domainOf(operation, at);
      return alter(x, interval?.edges ?? []);
    }),
  });
  const edged = altering((x, edges) => {
    if (edges.length === 0) return x;
    const at = (): number => edges[random.integer(0, edges.length - 1)] as number;
    return like(
      x,
      Array.from(x.data, (value) => (random.next() < 0.4 ? at() : value)),
    );
  });
  const tied = altering((x) =>
    like(
      x,
      Array.from(x.data, (_, i) => x.data[i - (i % 2)] as number),
    ),
  );
  const alike = altering((x) =>
    like(
      x,
      Array.from(x.data, () => x.data[0] as number),
    ),
  );
  return [situation, edged, tied, alike];
}

/** Every combination of the edges of the inputs and one point inside, all in one vector. */
function elementwiseEdges(subject: Subject): Tally {
  const { operation } = subject;
  const count = new Count();
  const own = ownCases(operation);
  const parameters = own.length === 0 ? [undefined] : own.map(({ params }) => params);
  for (const params of parameters) {
    const dtypes = signature(operation, params);
    const points = grid(
      dtypes.map((dtype, at) => {
        if (dtype === "bool") return [0, 1];
        const { low, high, edges = [] } = domainOf(operation, at) ?? { low: -1, high: 1 };
        const inside = low + 0.59 * (high - low);
        return [...edges, isFloat(dtype) ? inside : Math.round(inside)];
      }),
    );
    const inputs = dtypes.map((dtype, at) =>
      tensor(
        points.map((point) => point[at] as number),
        [points.length],
        { dtype },
      ),
    );
    const situation: Situation = {
      operation,
      params,
      inputs: inputs as Tensor[],
      active: dtypes.flatMap((dtype, at) => (isFloat(dtype) ? [at] : [])),
      step: 0,
      given: true,
      label: `its edges${params === undefined ? "" : ` ${JSON.stringify(params)}`}`,
      source: { inputs: [], params },
    };
    inSituation(situation, () => {
      elementwisePartials(subject, situation, points, count);
    });
  }
  return count;
}

function elementwisePartials(
  subject: Subject,
  situation: Situation,
  points: readonly (readonly number[])[],
  count: Count,
): void {
  const { operation, active, inputs } = situation;
  const xs = active.map((at) => inputs[at] as Tensor);
  const f = activeCall(situation);
  const [y] = execute(subject, f, xs);
  if (y === undefined || xs.length === 0) {
    count.leaveOut("no float inputs or results");
    return;
  }
  const ones = like(y, new Float64Array(y.size).fill(1));
  const pulled: Flat = (...at) => vjp(f, ...at)[1]([ones]);
  const reverse = execute(subject, pulled, xs);
  xs.forEach((_, k) => {
    const alone =
      (g: Flat): Flat =>
      (x) =>
        g(...xs.map((other, j) => (j === k ? (x as Tensor) : other)));
    const pushed =
      (g: Flat): Flat =>
      (x) =>
        jvp(alone(g), [x as Tensor], [ones])[1];
    const [forward] = execute(subject, pushed(f), [xs[k] as Tensor]) as [Tensor];
    const first = (reverse[k] as Tensor).data;
    first.forEach((derivative, i) => {
      const at = `by input ${active[k]} at (${(points[i] as number[]).join(", ")})`;
      const other = forward.data[i] as number;
      sameNumbers(
        `reverse mode ${at}`,
        [derivative],
        [other],
        1e-13 * Math.max(1, Math.abs(other)),
      );
      if (Number.isNaN(derivative) && !Number.isNaN(y.data[i]) && !speaksOfNaN(operation))
        throw disagreement(`derivative ${at}, value ${y.data[i]}`, "a number", "NaN");
      count.pass();
    });
    const second = execute(subject, pushed(pulled), [xs[k] as Tensor]);
    secondPartials(subject, situation, points, second, [y, ...reverse]);
  });
}

/** No NaN in second derivatives where the first ones are finite; both orders of differentiation agree. */
function secondPartials(
  { operation }: Subject,
  situation: Situation,
  points: readonly (readonly number[])[],
  second: readonly Tensor[],
  before: readonly Tensor[],
): void {
  second.forEach((row, k) => {
    row.data.forEach((derivative, i) => {
      const known = before.every((part) => Number.isFinite(part.data[i] as number));
      if (!Number.isNaN(derivative) || !known || speaksOfNaN(operation)) return;
      const at = `by input ${situation.active[k]} at (${(points[i] as number[]).join(", ")})`;
      throw disagreement(`second derivative ${at}`, "a number", "NaN");
    });
  });
}

function speaksOfNaN({ doc }: Primitive): boolean {
  return doc?.includes("NaN") === true;
}

/** All combinations of one value per list. */
function grid(lists: readonly (readonly number[])[]): number[][] {
  let rows: number[][] = [[]];
  for (const list of lists) rows = rows.flatMap((row) => list.map((value) => [...row, value]));
  return rows;
}
