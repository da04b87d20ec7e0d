import { captureOrigin, debugging } from "./debug.js";
import { allocate, type DType } from "./dtype.js";
import { computeNow, valuesReachable } from "./evaluate.js";
import { constant, constantNode, makeNode, parameter, project } from "./leaves.js";
import type { Node, Tensor } from "./node.js";
import type { Inputs, Primitive } from "./primitive.js";
import { activeTrace, leakedError, type Trace } from "./trace.js";
import {
  type ArrayValue,
  sameType,
  type TensorType,
  type Type,
  tensorType,
  type Value,
} from "./type.js";

/**
 * Applies an operation. Outside any trace it computes at once and gives a constant; inside, it gives the one
 * node of the trace with this operation, parameters and inputs. Throws what the operation's `type` throws,
 * and TraceError for a tensor whose trace has finished. `like`: a node of an earlier graph that it stands for.
 */
export function bind<P>(
  primitive: Primitive<P>,
  given: readonly Node[],
  params: P,
  like?: Node,
): Node {
  const active = activeTrace;
  const lift = active?.body?.lift;
  const inputs = lift === undefined ? given : given.map(lift);
  let depth = 0;
  let trace: Trace | null = null;
  for (let i = 0; i < inputs.length; i++) {
    const input = inputs[i] as Node;
    if (input.trace !== null && !input.trace.open) throw leakedError(primitive.name, input.trace);
    if (input.depth > depth) {
      depth = input.depth;
      trace = input.trace;
    }
  }
  if (active === null) return computeAtOnce(primitive, inputs, params);
  const known = active.table.find(primitive, inputs, params);
  // what a finished trace made in passing is made again
  if (known !== undefined && known.trace?.open !== false) return known.settled ?? known;
  const type =
    like !== undefined && like.params === params && haveSameTypes(like.inputs, inputs)
      ? like.type
      : typeOf(primitive, inputs, params);
  const node = makeNode(primitive, params, inputs, type, depth, trace);
  const { mayFail } = primitive;
  const canFail = typeof mayFail === "function" ? mayFail(params) : mayFail === true;
  if (like?.origin !== undefined) node.origin = like.origin;
  else if (canFail || debugging) node.origin = captureOrigin();
  if (canFail && lift === undefined && valuesReachable(node)) computeNow([node]);
  active.table.add(node);
  if (active.settle === undefined) return node;
  const settled = active.settle(node);
  if (settled !== node) node.settled = settled;
  return settled;
}

/** A node of an earlier graph over other inputs: made by the same line, of inputs of the same types it has the same type. */
export function rebind(node: Node, inputs: readonly Node[], params: unknown = node.params): Node {
  return bind(node.primitive, inputs, params, node);
}

function computeAtOnce<P>(primitive: Primitive<P>, inputs: readonly Node[], params: P): Node {
  const type = typeOf(primitive, inputs, params);
  computeNow(inputs);
  const values = inputs.map((input) => input.value) as unknown as Inputs<ArrayValue>;
  return constantNode(type, primitive.evaluate(values, params, type as TensorType));
}

function typeOf<P>(primitive: Primitive<P>, inputs: readonly Node[], params: P): Type {
  const types = new Array<Type>(inputs.length);
  for (let i = 0; i < inputs.length; i++) types[i] = (inputs[i] as Node).type;
  return primitive.type(types as unknown as Inputs<TensorType>, params);
}

function haveSameTypes(a: readonly Node[], b: readonly Node[]): boolean {
  for (let i = 0; i < b.length; i++) {
    const x = (a[i] as Node).type;
    const y = (b[i] as Node).type;
    if (x === y) continue;
    if (x.kind !== "tensor" || y.kind !== "tensor") return false;
    if (x.weak !== y.weak || !sameType(x, y)) return false;
  }
  return true;
}

/** `bind` for operations whose result is one tensor. */
export function bindTensor<P>(primitive: Primitive<P>, inputs: readonly Node[], params: P): Tensor {
  return bind(primitive, inputs, params) as Tensor;
}

/** All elements of a tuple node, or the tensor itself as the only one. */
export function elementsOf(node: Node): Node[] {
  if (node.type.kind !== "tuple") return [node];
  return node.type.elements.map((element, index) => {
    if (node.primitive === constant)
      return constantNode(element, (node.value as readonly Value[])[index] as Value);
    return bind(project, [node], { index });
  });
}

/** A scalar constant, the same node for the same number within a trace. */
export function scalarNode(value: number, type: TensorType): Node {
  const make = (): Node => {
    const { dtype } = type;
    const data = allocate(dtype, 1);
    data[0] = dtype === "bool" ? Number(value !== 0) : value;
    return constantNode(type, { shape: [], dtype, data });
  };
  return activeTrace?.table.number(value, type, make) ?? make();
}

/** A number as a scalar of this dtype. */
export function numberNode(value: number, dtype: DType): Tensor {
  return scalarNode(value, tensorType([], dtype)) as Tensor;
}

/** A fresh input of `trace`. */
export function parameterNode(type: Type, trace: Trace, label?: string): Node {
  const shared = type.kind === "tensor" ? tensorType(type.shape, type.dtype, type.weak) : type;
  const node = makeNode(parameter, undefined, [], shared, trace.depth, trace);
  node.label = label;
  return node;
}
