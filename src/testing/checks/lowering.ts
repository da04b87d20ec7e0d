import type { Primitive, Tensor, TensorType } from "../../index.js";
import { callOf, type Situation, sizeOf } from "../situations.js";
import {
  type Count,
  disagreement,
  inEachSituation,
  type Subject,
  sameNumbers,
  sameTensors,
  type Tally,
} from "../tally.js";
import { scaleOf } from "../vectors.js";

type Lower<Kind> = Extract<Primitive["lower"], { kind: Kind }>;

/** What the operation tells the compiler computes what the interpreter computes. */
export function lowersToItself(subject: Subject): Tally {
  return inEachSituation(subject, (situation, count) => {
    const { lower } = situation.operation;
    switch (lower.kind) {
      case "view":
        checkView(situation, lower);
        break;
      case "reduce":
        checkReduction(situation, lower);
        break;
      case "scan":
        if (typeof lower.combine !== "string") return named(situation, lower.combine, count);
        checkRunning(situation, lower, lower.combine);
        break;
      case "contraction":
        checkContraction(situation, lower);
        break;
      case "decompose":
        checkDecomposition(situation, lower);
        break;
      case "scalar":
        return named(situation, lower.instruction, count);
    }
    count.pass();
  });
}

/** An instruction has a name; what it computes, as what kernels and loops do, is the compiler's to show. */
function named(
  { operation }: Situation,
  instruction: Lower<"scalar">["instruction"],
  count: Count,
): void {
  const name = typeof instruction === "string" ? instruction : instruction.name;
  if (!/^[a-zA-Z][a-zA-Z0-9]*$/.test(name))
    throw disagreement(`${operation.name}: lower`, "the name of an instruction", name);
  count.pass();
}

function checkView(situation: Situation, lower: Lower<"view">): void {
  const { operation, inputs, params } = situation;
  const types = inputs.map((x) => x.type) as never;
  const output = operation.type(types, params) as TensorType;
  const { offset, strides } = lower.map(types, params, output);
  const from = (inputs[0] as Tensor).data;
  const read = indices(output.shape).map((index) =>
    Number(from[index.reduce((at, i, axis) => at + i * (strides[axis] as number), offset)]),
  );
  sameNumbers(
    "reading through the view",
    read,
    (callOf(situation)(...inputs)[0] as Tensor).data,
    0,
  );
}

function checkReduction(situation: Situation, lower: Lower<"reduce">): void {
  const { inputs, params } = situation;
  const [x] = inputs as [Tensor];
  const [y] = callOf(situation)(...inputs) as [Tensor];
  const axes = lower.axes(params);
  const groups = new Map<string, number[]>();
  indices(x.shape).forEach((index, i) => {
    const key = index.filter((_, axis) => !axes.includes(axis)).join();
    groups.set(key, [...(groups.get(key) ?? []), x.data[i] as number]);
  });
  const folded = indices(y.shape).map((index) =>
    fold(lower.combine, groups.get(index.join()) ?? []),
  );
  sameNumbers(
    `folding with ${lower.combine}`,
    folded,
    y.data,
    1e-12 * scaleOf(Float64Array.from(y.data)),
  );
}

function checkRunning(
  situation: Situation,
  lower: Lower<"scan">,
  combine: Lower<"reduce">["combine"],
): void {
  const { inputs, params } = situation;
  const [x] = inputs as [Tensor];
  const [y] = callOf(situation)(...inputs) as [Tensor];
  const axis = lower.axis(params);
  const backwards = lower.reverse(params);
  const all = indices(x.shape);
  const expected = all.map((index) => {
    const line = all.flatMap((other, i) => {
      const sameLine = other.every((at, a) => a === axis || at === index[a]);
      const [mine, own] = [other[axis] as number, index[axis] as number];
      return sameLine && (backwards ? mine >= own : mine <= own) ? [x.data[i] as number] : [];
    });
    return fold(combine, line);
  });
  sameNumbers(`running ${combine}`, expected, y.data, 1e-12 * scaleOf(Float64Array.from(y.data)));
}

function checkContraction(situation: Situation, lower: Lower<"contraction">): void {
  const { inputs, params } = situation;
  const [x, y] = inputs as [Tensor, Tensor];
  const [out] = callOf(situation)(...inputs) as [Tensor];
  if (out.dtype !== "f64") return;
  const { batch, contract } = lower.axes(params);
  const free = (rank: number, side: 0 | 1): number[] => {
    const used = [...batch, ...contract].map((pair) => pair[side]);
    return Array.from({ length: rank }, (_, axis) => axis).filter((axis) => !used.includes(axis));
  };
  const sums = new Map<string, number>();
  const left = indices(x.shape);
  const right = indices(y.shape);
  left.forEach((a, i) => {
    right.forEach((b, j) => {
      if (![...batch, ...contract].every(([p, q]) => a[p] === b[q])) return;
      const key = [
        ...batch.map(([p]) => a[p]),
        ...free(x.ndim, 0).map((axis) => a[axis]),
        ...free(y.ndim, 1).map((axis) => b[axis]),
      ].join();
      sums.set(key, (sums.get(key) ?? 0) + (x.data[i] as number) * (y.data[j] as number));
    });
  });
  const expected = indices(out.shape).map((index) => sums.get(index.join()) ?? 0);
  sameNumbers("summing products", expected, out.data, 1e-12 * scaleOf(Float64Array.from(out.data)));
}

function checkDecomposition(situation: Situation, lower: Lower<"decompose">): void {
  const { inputs, params } = situation;
  const made = lower.decompose(inputs as never, params) as Tensor;
  sameTensors("the decomposition", [made], callOf(situation)(...inputs), 1e-12);
}

function fold(combine: Lower<"reduce">["combine"], values: readonly number[]): number {
  switch (combine) {
    case "add":
      return values.reduce((a, b) => a + b, 0);
    case "multiply":
      return values.reduce((a, b) => a * b, 1);
    case "maximum":
      return Math.max(...values);
    case "minimum":
      return Math.min(...values);
    case "and":
      return Number(values.every((value) => value !== 0));
    default:
      return Number(values.some((value) => value !== 0));
  }
}

/** Every index of a shape, in row-major order. */
function indices(shape: readonly number[]): number[][] {
  const strides = shape.map((_, axis) => sizeOf(shape.slice(axis + 1)));
  return Array.from({ length: sizeOf(shape) }, (_, i) =>
    shape.map((length, axis) => Math.floor(i / (strides[axis] as number)) % length),
  );
}
