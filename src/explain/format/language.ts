import type { DifferenceCheck } from "../explanation.js";
import { formatDigits, formatValue } from "../numbers.js";

/** Languages explanations are written in. */
export type Language = "en" | "ru";

/** Every phrase of the explanations; a language without one does not compile. */
export interface Phrases {
  readonly value: string;
  readonly inputs: string;
  readonly forward: string;
  readonly backward: string;
  readonly start: string;
  readonly localPartials: string;
  readonly chainRule: string;
  readonly gradient: string;
  readonly hessian: string;
  readonly check: string;
  readonly finiteDifference: string;
  readonly agrees: string;
  readonly differs: string;
  readonly notComparable: string;
  readonly rounding: string;
  readonly small: string;
  readonly fast: string;
  readonly jump: string;
  readonly edge: string;
  readonly kink: string;
  kinkBetween(left: string, right: string): string;
  /** Mark beside a finite difference. */
  /** What the difference is and what it says; where it decides nothing, why. */
  checked(check: DifferenceCheck): string;
  /** `given`: the values of the operands, or nothing. */
  warning(formula: string, value: string, given: string): string;
  readonly cost: string;
  readonly allPaths: string;
  readonly backpropagation: string;
  readonly warnings: string;
  readonly graph: string;
  readonly title: string;
  readonly node: string;
  readonly operation: string;
  readonly derivative: string;
  readonly dependsNot: string;
  paths(count: string): string;
  more(listed: number, count: string): string;
  factors(count: string): string;
  edges(count: number): string;
  nodesAndEdges(nodes: number, edges: number): string;
  tooLarge(nodes: number): string;
}

/** Russian plural: 1 путь, 2 пути, 5 путей. */
function plural(count: string | number, one: string, few: string, many: string): string {
  const text = String(count);
  const tail = Number(text.slice(-2));
  const last = tail % 10;
  const form =
    tail > 10 && tail < 20 ? many : last === 1 ? one : last >= 2 && last <= 4 ? few : many;
  return `${text} ${form}`;
}

function mark({ difference, agrees, why, sides }: DifferenceCheck, say: Phrases): string {
  const value = formatValue(difference);
  if (agrees !== null) return agrees ? `${value} ✓` : `${value} ✗ ${say.differs}`;
  if (why === "rounding") return `${value} (${say.rounding})`;
  if (why === "small" || why === "fast" || why === "jump" || why === "edge") return `(${say[why]})`;
  if (why !== "kink") return `(${say.notComparable})`;
  if (sides === undefined) return `(${say.kink})`;
  const [left, right] = sides.map((slope) => formatDigits(slope, 3));
  return `(${say.kinkBetween(left as string, right as string)})`;
}

const count = (value: string | number, one: string, many: string): string =>
  `${value} ${String(value) === "1" ? one : many}`;

export const phrases: Readonly<Record<Language, Phrases>> = {
  en: {
    value: "Value",
    inputs: "Inputs",
    forward: "Forward pass",
    backward: "Backward pass",
    start: "start",
    localPartials: "Local partial derivatives",
    chainRule: "Chain rule",
    gradient: "Gradient",
    hessian: "Second derivatives",
    check: "Check",
    finiteDifference: "finite difference",
    agrees: "agrees",
    differs: "differs",
    notComparable: "not comparable: not finite",
    rounding: "as close as rounding allows",
    small: "too small to check: rounding hides it",
    fast: "cannot be checked: the value changes faster than numbers here can follow",
    jump: "no derivative here: the value jumps; by convention",
    edge: "no derivative here: values on one side only; by convention",
    kink: "a kink: by convention",
    kinkBetween: (left, right) => `a kink, by convention: slope ${left} left, ${right} right of it`,
    checked: (check) => mark(check, phrases.en),
    warning: (formula, value, given) =>
      `${formula} is ${value}${given === "" ? "" : ` at ${given}`}`,
    cost: "Cost",
    allPaths: "all paths",
    backpropagation: "backpropagation",
    warnings: "Warnings",
    graph: "Graph",
    title: "A derivative explained",
    node: "node",
    operation: "operation",
    derivative: "derivative",
    dependsNot: "no path: the value does not depend on it",
    paths: (n) => count(n, "path", "paths"),
    more: (listed, n) => `the first ${listed} of ${n} paths`,
    factors: (n) => count(n, "factor", "factors"),
    edges: (n) => count(n, "edge", "edges"),
    nodesAndEdges: (nodes, edges) =>
      `${count(nodes, "node", "nodes")}, ${count(edges, "edge", "edges")}`,
    tooLarge: (nodes) => `The graph has ${nodes} nodes: too many to draw.`,
  },
  ru: {
    value: "Значение",
    inputs: "Входы",
    forward: "Прямой проход",
    backward: "Обратный проход",
    start: "начало",
    localPartials: "Локальные частные производные",
    chainRule: "Цепное правило",
    gradient: "Градиент",
    hessian: "Вторые производные",
    check: "Проверка",
    finiteDifference: "конечная разность",
    agrees: "совпадает",
    differs: "расходится",
    notComparable: "сравнить нельзя: не конечно",
    rounding: "насколько позволяет округление",
    small: "слишком мала для проверки: её скрывает округление",
    fast: "проверить нельзя: значение меняется быстрее, чем позволяют различить числа здесь",
    jump: "производной нет: значение скачет; по соглашению",
    edge: "производной нет: значения есть лишь с одной стороны; по соглашению",
    kink: "излом: по соглашению",
    kinkBetween: (left, right) => `излом, по соглашению: слева наклон ${left}, справа ${right}`,
    checked: (check) => mark(check, phrases.ru),
    warning: (formula, value, given) =>
      `${formula} — это ${value}${given === "" ? "" : ` при ${given}`}`,
    cost: "Цена",
    allPaths: "все пути",
    backpropagation: "обратное распространение",
    warnings: "Предупреждения",
    graph: "Граф",
    title: "Производная с объяснением",
    node: "узел",
    operation: "операция",
    derivative: "производная",
    dependsNot: "нет пути: значение от него не зависит",
    paths: (n) => plural(n, "путь", "пути", "путей"),
    more: (listed, n) => `показано ${listed} из ${plural(n, "пути", "путей", "путей")}`,
    factors: (n) => plural(n, "множитель", "множителя", "множителей"),
    edges: (n) => plural(n, "ребро", "ребра", "рёбер"),
    nodesAndEdges: (nodes, edges) =>
      `${plural(nodes, "узел", "узла", "узлов")}, ${plural(edges, "ребро", "ребра", "рёбер")}`,
    tooLarge: (nodes) =>
      `В графе ${plural(nodes, "узел", "узла", "узлов")}: слишком много для рисунка.`,
  },
};
