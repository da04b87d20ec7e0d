import type { Kernel } from "./context.js";
import { dynamicSlice, dynamicUpdateSlice } from "./dynamic.js";
import { gather, scatterAdd } from "./gather.js";

/** Loop nests by the name that operations give; the interpreter computes what is not here. */
export const kernels: ReadonlyMap<string, Kernel> = new Map<string, Kernel>([
  ["gather", gather],
  ["scatterAdd", scatterAdd],
  ["dynamicSlice", dynamicSlice],
  ["dynamicUpdateSlice", dynamicUpdateSlice],
]);

/** Kernels whose result may take the memory of an input, and which: they then write only what changes. */
export const inPlace: ReadonlyMap<string, number> = new Map([
  ["scatterAdd", 0],
  ["dynamicUpdateSlice", 0],
]);
