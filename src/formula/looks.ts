import type { Operator } from "./operators.js";
import { type Expression, postorder } from "./syntax.js";

/** What an expression looks like when set: for brackets and signs around it. */
interface Look {
  /** Higher than a line: brackets grow. */
  readonly tall: boolean;
  /** Begins with a minus sign. */
  readonly signed: boolean;
}

export type Looks = ReadonlyMap<Expression, Look>;

const tallCalls = new Set(["sqrt", "cbrt", "where"]);

export function looksOf(root: Expression): Looks {
  const looks = new Map<Expression, Look>();
  const of = (part: Expression) => looks.get(part) as Look;
  for (const node of postorder(root)) {
    switch (node.kind) {
      case "negation":
        looks.set(node, { tall: of(node.operand).tall, signed: true });
        break;
      case "operation": {
        const { operator, left, right } = node;
        const tall = operator === "/" || of(left).tall || of(right).tall;
        looks.set(node, { tall, signed: hasBareLeft(operator) && of(left).signed });
        break;
      }
      case "call": {
        const tall = tallCalls.has(node.name) || node.args.some((argument) => of(argument).tall);
        looks.set(node, { tall, signed: false });
        break;
      }
      case "list":
        looks.set(node, { tall: node.items.length > 0, signed: false });
        break;
      default:
        looks.set(node, { tall: false, signed: false });
    }
  }
  return looks;
}

/** Whether the left operand's minus sign comes first: not under a fraction or below a power. */
function hasBareLeft(operator: Operator): boolean {
  return operator !== "/" && operator !== "^";
}
