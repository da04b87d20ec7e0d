import { tensor } from "../library.mjs";

/** @param {import("./types.js").Inputs} inputs */
export function tensorsOf(inputs) {
  return Object.fromEntries(
    Object.entries(inputs).map(([name, { shape, data }]) => [name, tensor(data, shape)]),
  );
}
