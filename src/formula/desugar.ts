import { type Operator, operators } from "./operators.js";
import { type Call, type Expression, postorder } from "./syntax.js";

/** Calls that are operators by another name: `multiply(x, y)`, `square(x)`, `negative(x)`. */
const operatorOf: ReadonlyMap<string, Operator> = new Map(
  Object.entries(operators).flatMap(([operator, { functions }]) =>
    functions.map((name) => [name, operator as Operator] as const),
  ),
);

/** The same value with such calls as operators. */
export function asOperations(root: Expression): Expression {
  const done = new Map<Expression, Expression>();
  const of = (part: Expression) => done.get(part) as Expression;
  for (const node of postorder(root)) {
    switch (node.kind) {
      case "negation":
        done.set(node, { ...node, operand: of(node.operand) });
        break;
      case "operation":
        done.set(node, { ...node, left: of(node.left), right: of(node.right) });
        break;
      case "list":
        done.set(node, { ...node, items: node.items.map(of) });
        break;
      case "call": {
        const options = node.options.map((option) => ({ ...option, value: of(option.value) }));
        done.set(node, asOperation({ ...node, args: node.args.map(of), options }));
        break;
      }
      default:
        done.set(node, node);
    }
  }
  return of(root);
}

function asOperation(call: Call): Expression {
  const [x, y] = call.args;
  const { span } = call;
  if (x === undefined || call.options.length > 0) return call;
  const number = (value: number): Expression => ({ kind: "number", value, span });
  const operator = operatorOf.get(call.name);
  if (operator !== undefined && y !== undefined)
    return { kind: "operation", operator, left: x, right: y, span };
  if (call.name === "square")
    return { kind: "operation", operator: "^", left: x, right: number(2), span };
  if (call.name === "reciprocal")
    return { kind: "operation", operator: "/", left: number(1), right: x, span };
  return call.name === "negative" ? { kind: "negation", operand: x, span } : call;
}
