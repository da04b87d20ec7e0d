import { allocate, type DType, isFloat, isInteger } from "../../core/dtype.js";
import type { Node, Tensor } from "../../core/node.js";
import type { Primitive } from "../../core/primitive.js";
import { type ArrayValue, type TensorType, tensorType } from "../../core/type.js";
import type { Builder } from "../../program/builder.js";
import { registerOf } from "../../program/elements.js";
import { entry } from "../../program/entry.js";
import type { Host, Operand } from "../../program/types.js";
import { castTo, exact } from "./arithmetic.js";

/** dtypes of one application of a scalar instruction. */
interface ScalarTypes {
  readonly inputs: readonly DType[];
  readonly output: DType;
}

/**
 * One application of an elementwise operation to elements in registers. Instructions that the compiler has no code
 * for, those of a user's own operations among them, call the operation's `evaluate`.
 */
export function lowerScalar(b: Builder, node: Node, args: readonly Operand[]): Operand {
  const { primitive, inputs, params } = node;
  const { lower } = primitive;
  if (lower.kind !== "scalar") throw new Error(`${primitive.name} is no scalar instruction`);
  const { dtype: last } = (inputs[inputs.length - 1] as Tensor).type;
  const { instruction } = lower;
  const { dtype: output } = (node as Tensor).type;
  let known: Operand | undefined;
  if (instruction === "cast") known = castTo(b, args[0] as Operand, last, output);
  else if (typeof instruction === "string") known = exact[instruction]?.(b, args as never, last);
  else if ("code" in instruction) known = instruction.code(b, args as never, last);
  else if (isInteger(last)) known = instruction.integers?.(b, args as never, last);
  else if (isFloat(last) && inputs.every((input) => dtypeOf(input) === output))
    known = b.math(instruction, args as [Operand, ...Operand[]]);
  if (known !== undefined) return known;
  const types = { inputs: inputs.map(dtypeOf), output };
  return b.call(hostOf(primitive, params, types), registerOf(output), args);
}

function dtypeOf({ type }: Node): DType {
  return (type as TensorType).dtype;
}

const hosts = new WeakMap<Primitive, Map<unknown, Map<string, Host>>>();

/** The operation's own `evaluate` on single elements: the same bits as the interpreter. */
function hostOf(operation: Primitive, params: unknown, types: ScalarTypes): Host {
  const byParams = entry(hosts, operation, () => new Map<unknown, Map<string, Host>>());
  const byTypes = entry(byParams, params, () => new Map<string, Host>());
  return entry(byTypes, `${types.inputs}:${types.output}`, () =>
    makeHost(operation, params, types),
  );
}

function makeHost(operation: Primitive, params: unknown, { inputs, output }: ScalarTypes): Host {
  const values = inputs.map(
    (dtype): ArrayValue => ({ shape: [], dtype, data: allocate(dtype, 1) }),
  );
  const type = tensorType([], output);
  return {
    kind: "host",
    name: operation.name,
    params: inputs.map(registerOf),
    result: registerOf(output),
    run: (...args: number[]) => {
      args.forEach((arg, i) => {
        (values[i] as ArrayValue).data[0] = arg;
      });
      const result = operation.evaluate(values as never, params, type) as ArrayValue;
      return result.data[0];
    },
  };
}
