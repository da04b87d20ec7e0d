import { allocate, type TypedArray } from "../core/dtype.js";
import { type Shape, sizeOf } from "../core/shape.js";
import type { ArrayValue, TensorType } from "../core/type.js";
import type { Pairs } from "./padding.js";
import { multiplyAnyRows, stored, sumsFor, widen } from "./row-products.js";

/** One entry per spatial axis. */
export interface ConvolutionParams {
  readonly strides: readonly number[];
  /** Elements added before and after; negative cuts off. */
  readonly padding: Pairs;
  /** Distance of the elements of x, with zeros between. */
  readonly inputDilation: readonly number[];
  /** Distance of the elements of the window. */
  readonly windowDilation: readonly number[];
  /** Groups of channels, each with its own share of the outputs. */
  readonly featureGroups: number;
  /** Groups of images, each with its own share of the outputs; of these and feature groups one is 1. */
  readonly batchGroups: number;
}

/** Elements of the patches laid out at a time: a few megabytes. */
const chunk = 1 << 18;

/** Lays out the patches under the window, a block of output positions at a time, and multiplies rows. */
export function convolveArrays(
  x: ArrayValue,
  w: ArrayValue,
  params: ConvolutionParams,
  { shape, dtype }: TensorType,
): ArrayValue {
  const [batch, outputs, ...outLengths] = shape as [number, number, ...number[]];
  const [, channels, ...lengths] = x.shape as [number, number, ...number[]];
  const [, inputs, ...window] = w.shape as [number, number, ...number[]];
  const groups = params.featureGroups * params.batchGroups;
  const positions = sizeOf(outLengths);
  const elements = sizeOf(window);
  const size = sizeOf(lengths);
  const offsets = offsetTable(lengths, window, outLengths, params);
  const sums = sumsFor(dtype, sizeOf(shape));
  const [data, weights] = [widen(x.data), widen(w.data)];
  const length = inputs * elements;
  const rows = outputs / groups;
  const step = Math.max(1, Math.min(positions, Math.floor(chunk / Math.max(1, length))));
  const patches = allocate(dtype === "f32" ? "f64" : dtype, step * length);
  for (let n = 0; n < batch; n++) {
    for (let group = 0; group < groups; group++) {
      const image = params.batchGroups > 1 ? n + group * batch : n;
      const channel = params.featureGroups > 1 ? group * inputs : 0;
      const from = (image * channels + channel) * size;
      const kernel = { data: weights, at: group * rows * length, count: rows, stride: positions };
      for (let first = 0; first < positions; first += step) {
        const count = Math.min(step, positions - first);
        layOutPatches(data, from, inputs, size, offsets, first, count, elements, patches);
        const block = { data: patches, at: 0, count, stride: 1 };
        const to = (n * outputs + group * rows) * positions + first;
        multiplyAnyRows(kernel, block, length, sums, to);
      }
    }
  }
  return { shape, dtype, data: stored(dtype, sums) };
}

/** For each output position and window element the place in the image, or −1 where padding stands. */
function offsetTable(
  lengths: Shape,
  window: Shape,
  out: Shape,
  { strides, padding, inputDilation, windowDilation }: ConvolutionParams,
): Int32Array {
  let table = Int32Array.of(0);
  let [positions, elements] = [1, 1];
  for (let axis = 0; axis < lengths.length; axis++) {
    const [p, k] = [out[axis] as number, window[axis] as number];
    const [length, apart] = [lengths[axis] as number, inputDilation[axis] as number];
    const [before] = padding[axis] as readonly [number, number];
    const next = new Int32Array(positions * p * elements * k);
    let to = 0;
    for (let i = 0; i < positions; i++) {
      for (let at = 0; at < p; at++) {
        for (let j = 0; j < elements; j++) {
          const outer = table[i * elements + j] as number;
          for (let e = 0; e < k; e++) {
            const spread =
              at * (strides[axis] as number) + e * (windowDilation[axis] as number) - before;
            const index = spread / apart;
            const inside = outer >= 0 && spread >= 0 && spread % apart === 0 && index < length;
            next[to++] = inside ? outer * length + index : -1;
          }
        }
      }
    }
    table = next;
    positions *= p;
    elements *= k;
  }
  return table;
}

function layOutPatches(
  data: TypedArray,
  from: number,
  inputs: number,
  size: number,
  offsets: Int32Array,
  first: number,
  count: number,
  elements: number,
  patches: TypedArray,
): void {
  let to = 0;
  for (let p = first; p < first + count; p++) {
    for (let i = 0, image = from; i < inputs; i++, image += size) {
      for (let e = p * elements; e < (p + 1) * elements; e++) {
        const offset = offsets[e] as number;
        patches[to++] = offset < 0 ? 0 : (data[image + offset] as number);
      }
    }
  }
}
