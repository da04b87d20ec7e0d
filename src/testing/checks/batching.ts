import { grad, moveaxis, type Tensor, tensor, vjp, vmap } from "../../index.js";
import { Random, seedFrom } from "../random.js";
import { activeCall, callOf, type Situation, sizeOf, variant } from "../situations.js";
import {
  type Count,
  execute,
  inEachSituation,
  type Subject,
  sameTensors,
  type Tally,
} from "../tally.js";
import { type Flat, like } from "../vectors.js";
import { directed, forwardOf, hasForward, weightedSum } from "./along.js";

const size = 3;

/** vmap is the loop over slices: every choice of mapped inputs, the mapped axes at the front, at the end, between. */
export function mapsOverSlices(subject: Subject): Tally {
  return inEachSituation(subject, (situation, count) => {
    if (!hasInputs(situation, count)) return;
    const samples = slicesOf(subject, situation);
    for (const mask of masks(situation.inputs.length)) {
      for (const place of places) {
        const inAxes = situation.inputs.map((x, i) => (mask[i] === true ? place(x, i) : null));
        const mapped: Flat = (...xs) => vmap(callOf(situation), { inAxes })(...xs);
        const inputs = situation.inputs.map((x, i) => {
          const axis = inAxes[i];
          return axis === null || axis === undefined
            ? x
            : stacked(
                samples.map((s) => s.inputs[i] as Tensor),
                axis,
              );
        });
        const actual = execute(subject, mapped, inputs);
        const rows = samples.map((sample) =>
          callOf(situation)(
            ...situation.inputs.map((x, i) =>
              mask[i] === true ? (sample.inputs[i] as Tensor) : x,
            ),
          ),
        );
        const expected = stackedRows(rows);
        const name = `vmap with inAxes [${inAxes.map(String)}]`;
        sameTensors(name, actual, expected, 1e-13);
        const behind: Flat = (...xs) => vmap(callOf(situation), { inAxes, outAxes: -1 })(...xs);
        const last = expected.map((x) => moveaxis(x, 0, -1));
        sameTensors(`${name}, outAxes -1`, execute(subject, behind, inputs), last, 1e-13);
        count.pass();
      }
    }
  });
}

/** vmap of vmap: all inputs over both axes, and each axis over inputs of its own. */
export function mapsTwice(subject: Subject): Tally {
  return inEachSituation(subject, (situation, count) => {
    if (!hasInputs(situation, count)) return;
    const { inputs } = situation;
    const call = callOf(situation);
    const rows = Array.from({ length: 2 }, (_, i) =>
      Array.from({ length: size }, (_, j) => variant(situation, subject.seed, 2 * i + j)),
    );
    const grids = inputs.map((_, k) =>
      stacked(
        rows.map((row) =>
          stacked(
            row.map((s) => s.inputs[k] as Tensor),
            0,
          ),
        ),
        0,
      ),
    );
    const expected = stackedRows(rows.map((row) => stackedRows(row.map((s) => call(...s.inputs)))));
    const twice: Flat = (...xs) => vmap((...ys: Tensor[]) => vmap(call)(...ys))(...xs);
    sameTensors("vmap of vmap", execute(subject, twice, grids), expected, 1e-13);
    count.pass();
    if (inputs.length < 2) return;
    const [samples] = rows as [Situation[]];
    const outer = (at: number): boolean => at % 2 === 0;
    const axes = (mine: boolean) => inputs.map((_, at) => (outer(at) === mine ? 0 : null));
    const crossed: Flat = (...xs) =>
      vmap((...ys: Tensor[]) => vmap(call, { inAxes: axes(false) })(...ys), { inAxes: axes(true) })(
        ...xs,
      );
    const columns = inputs.map((_, k) =>
      stacked(
        samples.map((s) => s.inputs[k] as Tensor),
        0,
      ),
    );
    const pairs = samples.map((a) =>
      stackedRows(
        samples.map((b) =>
          call(...inputs.map((_, at) => (outer(at) ? a : b).inputs[at] as Tensor)),
        ),
      ),
    );
    sameTensors(
      "vmap over some inputs of vmap over others",
      execute(subject, crossed, columns),
      stackedRows(pairs),
      1e-13,
    );
    count.pass();
  });
}

/** grad of vmap and vmap of vjp are the loop over slices; jvp of vmap too. */
export function mapsDerivatives(subject: Subject): Tally {
  return inEachSituation(subject, (situation, count) => {
    const along = directed(subject, situation, count);
    if (along === undefined) return;
    const samples = slicesOf(subject, situation).filter(sameInactive(situation));
    const random = new Random(seedFrom(subject.seed, `${situation.label} mapped`));
    const f = activeCall(situation);
    const xs = samples.map(({ inputs, active }) => active.map((at) => inputs[at] as Tensor));
    const vs = samples.map(() => along.vs.map((v) => like(v, random.direction(v.size))));
    const columns = along.xs.map((_, k) =>
      stacked(
        xs.map((row) => row[k] as Tensor),
        0,
      ),
    );
    const weights = along.vs.map((_, k) =>
      stacked(
        vs.map((row) => row[k] as Tensor),
        0,
      ),
    );
    const pulled = xs.map((row, i) => vjp(f, ...row)[1](vs[i] as Tensor[]));
    const loss = (...at: Tensor[]): Tensor => weightedSum(vmap(f)(...at), weights);
    const gradient: Flat = (...at) => grad(loss, { argnums: at.map((_, i) => i) })(...at);
    const precision = along.tolerance < 1e-3 ? 1e-12 : 1e-5;
    sameTensors(
      "grad of vmap",
      execute(subject, gradient, columns),
      stackedRows(pulled),
      precision,
    );
    count.pass();
    const each: Flat = (...all) =>
      vmap((...row: Tensor[]) =>
        vjp(f, ...row.slice(0, columns.length))[1](row.slice(columns.length)),
      )(...all);
    sameTensors(
      "vmap of vjp",
      execute(subject, each, [...columns, ...weights]),
      stackedRows(pulled),
      precision,
    );
    count.pass();
    if (!hasForward(situation, count)) return;
    const ts = samples.map(() => along.ts.map((t) => like(t, random.direction(t.size))));
    const directions = along.ts.map((_, k) =>
      stacked(
        ts.map((row) => row[k] as Tensor),
        0,
      ),
    );
    const pushed = xs.map((row, i) => forwardOf(f)(...row, ...(ts[i] as Tensor[])));
    const mapped: Flat = (...at) => vmap(f)(...at);
    sameTensors(
      "jvp of vmap",
      execute(subject, forwardOf(mapped), [...columns, ...directions]),
      stackedRows(pushed),
      precision,
    );
    sameTensors(
      "vmap of jvp",
      execute(subject, (...at) => vmap(forwardOf(f))(...at), [...columns, ...directions]),
      stackedRows(pushed),
      precision,
    );
    count.pass();
  });
}

function hasInputs({ inputs }: Situation, count: Count): boolean {
  if (inputs.length === 0) count.leaveOut("no inputs to map over");
  return inputs.length > 0;
}

function slicesOf(subject: Subject, situation: Situation): Situation[] {
  return Array.from({ length: size }, (_, sample) => variant(situation, subject.seed, sample));
}

/** Slices that differ from the situation in active inputs only: what `activeCall` holds fixed. */
function sameInactive({ inputs, active }: Situation): (other: Situation) => boolean {
  return (other) =>
    inputs.every((x, at) => active.includes(at) || `${x.data}` === `${other.inputs[at]?.data}`) ||
    other.inputs === inputs;
}

/** Where the mapped axis goes: in front, behind, between, and alternating. */
const places: readonly ((x: Tensor, at: number) => number)[] = [
  () => 0,
  (x) => x.ndim,
  (x) => Math.min(1, x.ndim),
  (_, at) => (at % 2 === 0 ? -1 : 0),
];

/** Which inputs are mapped: every choice up to four inputs; beyond, each alone, all but each, and all. */
function masks(count: number): boolean[][] {
  if (count <= 4) {
    return Array.from({ length: 2 ** count - 1 }, (_, choice) =>
      Array.from({ length: count }, (_, i) => (((choice + 1) >> i) & 1) === 1),
    );
  }
  const each = Array.from({ length: count }, (_, i) => i);
  return [
    ...each.map((i) => each.map((j) => i === j)),
    ...each.map((i) => each.map((j) => i !== j)),
    each.map(() => true),
  ];
}

/** Tensors of one shape along a new axis. */
export function stacked(rows: readonly Tensor[], axis: number): Tensor {
  const [first] = rows as [Tensor];
  const at = axis < 0 ? axis + first.ndim + 1 : axis;
  const shape = [...first.shape.slice(0, at), rows.length, ...first.shape.slice(at)];
  const inner = sizeOf(first.shape.slice(at));
  const data = new Array<number>(sizeOf(shape));
  rows.forEach((row, k) => {
    row.data.forEach((value, i) => {
      const outer = Math.floor(i / inner);
      data[(outer * rows.length + k) * inner + (i % inner)] = value;
    });
  });
  return tensor(data, shape, { dtype: first.dtype });
}

/** Lists of results, one list per slice, stacked result by result. */
function stackedRows(rows: readonly (readonly Tensor[])[]): Tensor[] {
  const [first] = rows as [Tensor[]];
  return first.map((_, k) =>
    stacked(
      rows.map((row) => row[k] as Tensor),
      0,
    ),
  );
}
