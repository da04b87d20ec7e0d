import { type ArrayValue, type DType, type Tensor, tensor } from "../../index.js";
import { accepts, callOf, type Situation } from "../situations.js";
import {
  disagreement,
  execute,
  inEachSituation,
  type Subject,
  sameNumbers,
  type Tally,
  typeText,
} from "../tally.js";

const arrays: Record<DType, abstract new (...args: never[]) => unknown> = {
  f64: Float64Array,
  f32: Float32Array,
  i32: Int32Array,
  u32: Uint32Array,
  bool: Uint8Array,
};

/** The value has the type the type rule says, in every dtype the rule takes; f32 is f64 rounded once. */
export function hasItsType(subject: Subject): Tally {
  return inEachSituation(subject, (situation, count) => {
    checkTypes(subject, situation, situation.inputs);
    count.pass();
    for (const dtype of ["f32", "i32", "u32", "bool"] as const) {
      const inputs = inDtype(situation, dtype);
      if (inputs === undefined) continue;
      checkTypes(subject, situation, inputs);
      if (dtype === "f32") checkRounding(situation, inputs);
      count.pass();
    }
  });
}

/** The same bits every time. */
export function isDeterministic(subject: Subject): Tally {
  return inEachSituation(subject, (situation, count) => {
    const call = callOf(situation);
    const first = execute(subject, call, situation.inputs);
    const again = execute(subject, call, situation.inputs);
    first.forEach((y, k) => {
      sameNumbers("run twice", (again[k] as Tensor).data, y.data, 0);
    });
    count.pass();
  });
}

/** The inputs with f64 (and only that) turned into another dtype, if the operation takes it. */
export function inDtype(situation: Situation, dtype: DType): Tensor[] | undefined {
  const { operation, params, inputs } = situation;
  if (!inputs.some((x) => x.dtype === "f64")) return undefined;
  const converted = inputs.map((x) => (x.dtype === "f64" ? converting(x, dtype) : x));
  return accepts(operation, params, converted) ? converted : undefined;
}

function converting(x: Tensor, dtype: DType): Tensor {
  const whole = (value: number): number =>
    Number.isFinite(value) ? Math.trunc(dtype === "u32" ? Math.abs(value) : value) % 1000 : 0;
  const data = Array.from(x.data, (value) => (dtype === "f32" ? value : whole(value)));
  return tensor(data, x.shape, { dtype });
}

function checkTypes(subject: Subject, situation: Situation, inputs: readonly Tensor[]): void {
  const { operation, params } = situation;
  const type = operation.type(inputs.map((x) => x.type) as never, params);
  const types = (type.kind === "tuple" ? type.elements : [type]).filter((t) => t.kind === "tensor");
  const outputs = execute(subject, callOf(situation), inputs);
  types.forEach((expected, k) => {
    const y = outputs[k];
    const text = `${expected.dtype}[${expected.shape.join(", ")}]`;
    if (y === undefined || typeText(y) !== text)
      throw disagreement(`type of result ${k}`, text, y === undefined ? "none" : typeText(y));
    const size = expected.shape.reduce((product, length) => product * length, 1);
    if (!(y.data instanceof arrays[expected.dtype]) || y.data.length !== size) {
      const received = `${y.data.constructor.name} of ${y.data.length}`;
      throw disagreement(
        `storage of result ${k}`,
        `${size} elements as ${expected.dtype}`,
        received,
      );
    }
    const value = y.value as ArrayValue | undefined;
    if (
      value !== undefined &&
      (value.dtype !== expected.dtype || `${value.shape}` !== `${expected.shape}`)
    )
      throw disagreement(`value of result ${k}`, text, `${value.dtype}[${value.shape.join(", ")}]`);
  });
}

/** f32 results are those of f64 at the same inputs, rounded: one unit in the last place is allowed. */
function checkRounding(situation: Situation, inputs: readonly Tensor[]): void {
  const { operation, params } = situation;
  const wide = inputs.map((x) =>
    x.dtype === "f32" ? tensor(Array.from(x.data), x.shape, { dtype: "f64" }) : x,
  ) as Tensor[];
  if (!accepts(operation, params, wide)) return;
  const call = callOf({ operation, params });
  const exact = call(...wide);
  call(...inputs).forEach((y, k) => {
    const expected = (exact[k] as Tensor).data;
    sameNumbers(`f32, result ${k}`, y.data, expected, (i) =>
      y.dtype === "f32" ? 2 ** -23 * Math.abs(expected[i] as number) + 2 ** -149 : 0,
    );
  });
}
