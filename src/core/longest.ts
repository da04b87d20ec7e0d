import { ValueError } from "./errors.js";

/** Iterations of one loop at most: compiled code counts in i32, some steps beyond the end. */
export const longest: number = 2 ** 31 - 2 ** 16;

/** Throws ValueError where compiled code could not count so far. */
export function checkLength(operation: string, length: number): void {
  if (length <= longest) return;
  throw new ValueError(operation, {
    expected: `at most ${longest} elements or steps one after another, compiled`,
    received: String(length),
    fix: "loop over parts of it, or over two axes",
  });
}
