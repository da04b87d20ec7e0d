import type { Node, Tensor } from "../core/node.js";
import type { SpokenCall } from "../core/primitive.js";
import { calledAs } from "../formula/called.js";

/** A call to be written as one, also where there is a sign for it: the formula has it so. */
export interface Called extends SpokenCall {
  readonly asCall?: boolean;
}

/** A node's operation as a call of public functions; undefined where it goes by its name, on its inputs. */
export function spokenOf(node: Node): Called | undefined {
  const { primitive, params, inputs, type } = node;
  const shapes = inputs.map((input) => (input.type.kind === "tensor" ? input.type.shape : []));
  const spoken = primitive.spoken?.(params, shapes);
  if (typeof spoken !== "object" || !("call" in spoken)) return undefined;
  const name = type.kind === "tensor" ? calledAs(node as Tensor) : undefined;
  if (name === undefined || spoken.options !== undefined) return spoken;
  if (name === spoken.call) return { ...spoken, asCall: true };
  const of = [...inputs.keys()].filter((i) => (inputs[i] as Node).depth > 0);
  return { call: name, of, asCall: true };
}
