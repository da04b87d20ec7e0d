import { allocate } from "../core/dtype.js";
import type { Inputs } from "../core/primitive.js";
import { runBody } from "../core/run-body.js";
import { sizeOf } from "../core/shape.js";
import type { ArrayValue, TapeType, TapeValue, TensorType, Type, Value } from "../core/type.js";
import type { Step } from "./step.js";

type Entry = ArrayValue | TapeValue;

/** Runs the steps one after another: stacked outputs are allocated once, tapes grow by reference. */
export function evaluateScan(
  inputs: Inputs<ArrayValue>,
  params: Step & { readonly length: number | null; readonly reverse: boolean },
): Value {
  const { body, consts, carries, length, reverse } = params;
  const all: readonly Value[] = length === null ? inputs.slice(1) : inputs;
  const steps = length ?? (inputs[0].data[0] as number);
  const first = consts + carries;
  const readers = all
    .slice(first)
    .map((xs, i) => readerOf(xs as Entry, body.inputs[first + i]?.type as Type));
  const writers = body.outputs
    .slice(carries)
    .map(({ type }) => writerOf(type, steps, length !== null && type.kind === "tensor"));
  const args = all.slice(0, first);
  for (let i = 0; i < steps; i++) {
    const at = reverse ? steps - 1 - i : i;
    for (let x = 0; x < readers.length; x++) args[first + x] = (readers[x] as Reader)(at);
    const results = runBody(body, args);
    for (let k = 0; k < carries; k++) args[consts + k] = results[k] as Value;
    for (let y = 0; y < writers.length; y++)
      (writers[y] as Writer).write(at, results[carries + y] as Entry);
  }
  return [...args.slice(consts, first), ...writers.map(({ value }) => value)] as Entry[];
}

type Reader = (at: number) => Value;

function readerOf(xs: Entry, type: Type): Reader {
  if ("entries" in xs) return (at) => xs.entries[at] ?? zeroValue(type as TensorType | TapeType);
  const { shape, dtype } = type as TensorType;
  const size = sizeOf(shape);
  const { data } = xs;
  if (size === 1)
    return (at) => {
      const element = allocate(dtype, 1);
      element[0] = data[at] as number;
      return { shape, dtype, data: element };
    };
  return (at) => ({ shape, dtype, data: data.slice(at * size, (at + 1) * size) });
}

interface Writer {
  readonly value: Entry;
  write(at: number, entry: Entry): void;
}

function writerOf(type: Type, steps: number, stacked: boolean): Writer {
  if (!stacked) {
    const entries = new Array<Entry>(Math.max(steps, 0));
    return {
      value: { entries },
      write: (at, entry) => {
        entries[at] = entry;
      },
    };
  }
  const { shape, dtype } = type as TensorType;
  const size = sizeOf(shape);
  const data = allocate(dtype, steps * size);
  return {
    value: { shape: [steps, ...shape], dtype, data },
    write: (at, entry) => {
      const from = (entry as ArrayValue).data;
      if (size === 1) data[at] = from[0] as number;
      else data.set(from, at * size);
    },
  };
}

/** What a tape holds past its end. */
function zeroValue(type: TensorType | TapeType): Entry {
  if (type.kind === "tape") return { entries: [] };
  const { shape, dtype } = type;
  return { shape, dtype, data: allocate(dtype, sizeOf(shape)) };
}
