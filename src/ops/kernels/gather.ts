import type { DType } from "../../core/dtype.js";
import type { ArrayPlace, Kernel, KernelContext } from "../../core/kernel.js";
import { sizeOf, stridesOf } from "../../core/shape.js";
import type { TensorType } from "../../core/type.js";
import type { Builder } from "../../program/builder.js";
import { registerOf } from "../../program/elements.js";
import type { Opcode, Operand } from "../../program/types.js";
import { type GatherParams, outside, type Parts, partsOf } from "../places.js";
import { ahead } from "./order.js";
import { loadElement, loadIndex, startAs, storeElement } from "./place.js";

/** Elements or slices of x at integer indices. */
export const gatherKernel: Kernel = (context: KernelContext<GatherParams>) => {
  const { builder: b } = context;
  const x = context.inputs[0] as ArrayPlace;
  const output = context.outputs[0] as ArrayPlace;
  forEachPlace(context, groupsOf(context), (there, from, to, width) => {
    const put = (value: (i: Operand) => Operand) => (): void =>
      eachOf(context, width, (i) => storeElement(b, output, b.add(to, i), value(i)));
    const copy = put((i) => loadElement(b, x, b.add(from, i)));
    const clear = put(() => b.constant(registerOf(output.dtype), 0));
    if (there === undefined) copy();
    else b.branch(there, copy, clear);
  });
};

/** Where the slices are that indices name, in slices. */
export const placesKernel: Kernel = (context: KernelContext<GatherParams>) => {
  const parts = { ...groupsOf(context), outer: [], slice: [] };
  const output = context.outputs[0] as ArrayPlace;
  forEachPlace(context, parts, (_there, from, to) =>
    storeElement(context.builder, output, to, from),
  );
};

/** How an update meets the element there. */
type Meet = (b: Builder, dtype: DType, there: Operand, update: Operand) => Operand;

/** x with updates put in at integer indices, in their order. `rounds`: where many meet, f32 meet in f64. */
function scattering(meet: Meet, rounds = false): Kernel {
  return (context: KernelContext<GatherParams>) => {
    const { builder: b } = context;
    const [x, , updates] = context.inputs as [ArrayPlace, ArrayPlace, ArrayPlace];
    const output = context.outputs[0] as ArrayPlace;
    const parts = groupsOf(context);
    const places = sizeOf(parts.places);
    const many = places > 16 && places * 4 >= sizeOf(parts.indexed);
    const isWide = rounds && many && x.dtype === "f32";
    const size = sizeOf(x.shape);
    const to = isWide ? context.scratch("f64", size) : output;
    const convert = (from: ArrayPlace, into: ArrayPlace): void =>
      eachOf(context, size, (i) => {
        const value = b.convert(loadElement(b, from, i), registerOf(into.dtype));
        storeElement(b, into, i, value);
      });
    if (isWide) convert(x, to);
    else startAs(b, output, x);
    forEachPlace(context, parts, (there, at, from, width) => {
      const put = (): void => {
        eachOf(context, width, (i) => {
          const place = b.add(at, i);
          const update = loadElement(b, updates, b.add(from, i));
          const own = b.convert(update, registerOf(to.dtype));
          storeElement(b, to, place, meet(b, to.dtype, loadElement(b, to, place), own));
        });
      };
      if (there === undefined) put();
      else b.branch(there, put);
    });
    if (isWide) convert(to, output);
  };
}

const combining =
  (op: Opcode, bool: Opcode): Meet =>
  (b, dtype, there, update) =>
    b.compute(dtype === "bool" ? bool : op, there.type, [there, update]);

const choosing =
  (isMax: boolean): Meet =>
  (b, dtype, there, update) =>
    ahead(b, dtype, there, update, isMax);

export const scatterKernel: Kernel = /* @__PURE__ */ scattering(
  (_b, _dtype, _there, update) => update,
);
export const scatterAddKernel: Kernel = /* @__PURE__ */ scattering(
  /* @__PURE__ */ combining("add", "or"),
  true,
);
export const scatterMulKernel: Kernel = /* @__PURE__ */ scattering(
  /* @__PURE__ */ combining("mul", "and"),
  true,
);
export const scatterMaxKernel: Kernel = /* @__PURE__ */ scattering(/* @__PURE__ */ choosing(true));
export const scatterMinKernel: Kernel = /* @__PURE__ */ scattering(/* @__PURE__ */ choosing(false));

function groupsOf({ inputTypes: [x, indices], params }: KernelContext<GatherParams>): Parts {
  return partsOf(x as TensorType, indices as TensorType, params);
}

function eachOf(
  { builder: b }: KernelContext<GatherParams>,
  width: number,
  visit: (i: Operand) => void,
): void {
  b.loop(0, width, visit, { independent: true });
}

/** Up to so many places are written out. */
const few = 8;

/**
 * Visits each place that an index names: whether it counts (undefined: always), where its slice begins in x, where
 * among the gathered elements, and how wide slices are. Indices are looked at once for all rows.
 */
function forEachPlace(
  context: KernelContext<GatherParams>,
  parts: Parts,
  visit: (there: Operand | undefined, inX: Operand, inGathered: Operand, width: number) => void,
): void {
  const { builder: b } = context;
  const rows = sizeOf(parts.outer);
  const places = sizeOf(parts.places);
  const [indexed, width] = [sizeOf(parts.indexed), sizeOf(parts.slice)];
  const go = ({ offset, there }: Named, row: Operand, place: Operand): void => {
    const inX = b.mul(b.add(b.mul(row, indexed), offset), width);
    visit(there, inX, b.mul(b.add(b.mul(row, places), place), width), width);
  };
  b.loop(0, sizeOf(parts.batch), (batch) => {
    const eachRow = (run: (row: Operand) => void): void =>
      b.loop(0, rows, (outer) => run(b.add(b.mul(batch, rows), outer)));
    const named = (place: Operand): Named =>
      placeNamed(context, parts, b.add(b.mul(batch, places), place));
    if (rows > 1 && places <= few) {
      const all = Array.from({ length: places }, (_, place) => named(b.i32(place)));
      eachRow((row) => {
        all.forEach((one, place) => {
          go(one, row, b.i32(place));
        });
      });
      return;
    }
    if (rows === 1) {
      eachRow((row) => b.loop(0, places, (place) => go(named(place), row, place)));
      return;
    }
    const offsets = context.scratch("i32", places);
    b.loop(0, places, (place) => {
      const { offset, there } = named(place);
      storeElement(b, offsets, place, there === undefined ? offset : b.select(there, offset, -1));
    });
    eachRow((row) => {
      b.loop(0, places, (place) => {
        const offset = loadElement(b, offsets, place);
        const there = context.params.mode === "fill" ? b.compare("ge", offset, 0) : undefined;
        go({ offset, there }, row, place);
      });
    });
  });
}

/** What one row of indices names: an element of the indexed axes, and whether it is there (undefined: always). */
interface Named {
  readonly offset: Operand;
  readonly there: Operand | undefined;
}

function placeNamed(context: KernelContext<GatherParams>, parts: Parts, at: Operand): Named {
  const { builder: b, params, inputs } = context;
  const indices = inputs[1] as ArrayPlace;
  const depth = parts.indexed.length;
  const strides = stridesOf(parts.indexed);
  let offset: Operand = b.i32(0);
  let there: Operand | undefined;
  parts.indexed.forEach((length, k) => {
    const given = loadIndex(b, indices, b.add(b.mul(at, depth), k));
    const negative = b.compare("lt", given, 0);
    let index = b.select(negative, b.add(given, length), given);
    const inside = b.compare("ltU", index, length);
    if (params.mode === "error" || (params.mode === "clip" && length === 0))
      context.failIf(b.not(inside), [given], (value) => outside(params, value, length));
    else if (params.mode === "clip") index = b.max(b.min(index, length - 1), 0);
    else there = there === undefined ? inside : b.and(there, inside);
    offset = b.add(offset, b.mul(index, strides[k] as number));
  });
  return { offset, there };
}
