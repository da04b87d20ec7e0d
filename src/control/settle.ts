import { parameterNode } from "../core/bind.js";
import { Body } from "../core/body.js";
import { inlineBody } from "../core/close.js";
import type { Node } from "../core/node.js";
import { withTrace } from "../core/trace.js";
import { rewrite } from "../simplify/rewrite.js";

/** Parameters with the bodies in them rewritten by `settle`; the same object if none changed. */
export function settleBodies<P>(params: P, settle: (node: Node) => Node): P {
  return mapBodies(params, (body) => rewriteBody(body, settle)) as P;
}

const rewritten = new WeakMap<Body, Body>();

function rewriteBody(body: Body, settle: (node: Node) => Node): Body {
  if (body.settled) return body;
  const known = rewritten.get(body);
  if (known !== undefined) return known;
  // Nodes of a body belong to a finished trace: a copy of them is rewritten.
  const result = withTrace("simplify", (trace) => {
    const inputs = body.inputs.map((input) => parameterNode(input.type, trace, input.label));
    const copies = inlineBody(body, inputs);
    const outputs = rewrite(inputs, copies, settle);
    return outputs.every((output, i) => output === copies[i]) ? body : new Body(inputs, outputs);
  });
  rewritten.set(body, result);
  rewritten.set(result, result);
  return result;
}

/** Parameters with every body replaced; the same object if none changed. */
function mapBodies(params: unknown, map: (body: Body) => Body): unknown {
  if (typeof params !== "object" || params === null) return params;
  if (params instanceof Body) return map(params);
  const list = Array.isArray(params);
  if (!list && Object.getPrototypeOf(params) !== Object.prototype) return params;
  let now: Record<string, unknown> | undefined;
  for (const key in params) {
    const before = (params as Record<string, unknown>)[key];
    const after = mapBodies(before, map);
    if (after === before) continue;
    now ??= (list ? [...(params as unknown[])] : { ...params }) as Record<string, unknown>;
    now[key] = after;
  }
  return now ?? params;
}
