import type { MathSequence } from "./sequence.js";

/** What `math` instructions stand for, by name. */
export const mathSequences: ReadonlyMap<string, MathSequence> = new Map();
