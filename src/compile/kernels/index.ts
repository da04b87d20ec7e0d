import type { Kernel } from "./context.js";
import { concatenate, pad } from "./copy.js";
import { dynamicSlice, dynamicUpdateSlice } from "./dynamic.js";
import { gather, scatters } from "./gather.js";
import { norm } from "./norm.js";
import { argmax, argmin, linearRecurrence } from "./running.js";
import { searchsorted } from "./search.js";
import { argsort, topK } from "./sort.js";

/** Loop nests by the name that operations give; the interpreter computes what is not here. */
export const kernels: ReadonlyMap<string, Kernel> = new Map<string, Kernel>([
  ["gather", gather],
  ...scatters,
  ["dynamicSlice", dynamicSlice],
  ["dynamicUpdateSlice", dynamicUpdateSlice],
  ["concatenate", concatenate],
  ["pad", pad],
  ["linearRecurrence", linearRecurrence],
  ["norm", norm],
  ["argmax", argmax],
  ["argmin", argmin],
  ["argsort", argsort],
  ["topK", topK],
  ["searchsorted", searchsorted],
]);

/** Kernels whose result may take the memory of an input, and which: they then write only what changes. */
export const inPlace: ReadonlyMap<string, number> = new Map([
  ...scatters.map(([name]) => [name, 0] as const),
  ["dynamicUpdateSlice", 0],
]);

/** Kernels for floating point alone: functions give them nothing else. */
export const ofReals: ReadonlySet<string> = new Set(["norm"]);
