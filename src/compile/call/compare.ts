import { Body } from "../../core/body.js";
import { constant } from "../../core/leaves.js";
import type { Node } from "../../core/node.js";
import { paramsKey } from "../../core/params.js";
import type { ArrayValue } from "../../core/type.js";
import { sameType } from "../../core/type.js";

/** Whether two graphs compute the same from their inputs: the same operations on the same constants. */
export function sameGraph(a: Body, b: Body): boolean {
  const left = [...a.inputs, ...a.nodes];
  const right = [...b.inputs, ...b.nodes];
  if (left.length !== right.length || a.outputs.length !== b.outputs.length) return false;
  const partner = new Map<Node, Node>();
  const pairs: [Node, Node][] = a.outputs.map((output, i) => [output, b.outputs[i] as Node]);
  a.inputs.forEach((input, i) => {
    partner.set(input, b.inputs[i] as Node);
  });
  for (let pair = pairs.pop(); pair !== undefined; pair = pairs.pop()) {
    const [x, y] = pair;
    const known = partner.get(x);
    if (known !== undefined) {
      if (known !== y) return false;
      continue;
    }
    partner.set(x, y);
    if (x.primitive !== y.primitive || x.inputs.length !== y.inputs.length) return false;
    if (!sameType(x.type, y.type) || !sameParams(x.params, y.params)) return false;
    if (x.primitive === constant && !sameData(x.value as ArrayValue, y.value as ArrayValue))
      return false;
    x.inputs.forEach((input, i) => {
      pairs.push([input, y.inputs[i] as Node]);
    });
  }
  return true;
}

function sameData(x: ArrayValue, y: ArrayValue): boolean {
  return x.data.length === y.data.length && x.data.every((value, i) => Object.is(value, y.data[i]));
}

/** Bodies compare as graphs; functions (rules of a user) are taken to be the same. */
function sameParams(x: unknown, y: unknown): boolean {
  if (x instanceof Body && y instanceof Body) return sameGraph(x, y);
  if (typeof x === "function" && typeof y === "function") return true;
  if (typeof x !== "object" || x === null || typeof y !== "object" || y === null)
    return paramsKey(x) === paramsKey(y);
  const keys = Object.keys(x);
  return (
    keys.length === Object.keys(y).length &&
    keys.every((key) =>
      sameParams((x as Record<string, unknown>)[key], (y as Record<string, unknown>)[key]),
    )
  );
}
