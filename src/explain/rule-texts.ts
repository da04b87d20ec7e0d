import type { Node, Tensor } from "../core/node.js";
import { sizeOf } from "../core/shape.js";
import type { ArrayValue, TensorType, Value } from "../core/type.js";
import { dataOf } from "./data.js";
import type { Path, PathStep, PathSum, ValueData } from "./explanation.js";
import { factorOf, formulaOf, hasAxes, latexOf } from "./formula.js";
import { latexValue } from "./latex-value.js";
import type { Measured, MeasuredEdge } from "./measure.js";
import { formatShortFactor, formatValue } from "./numbers.js";
import {
  applyRule,
  factorIn,
  gradientOf,
  latexOfRule,
  numbersOf,
  room,
  symbolsOf,
} from "./rules.js";

/** What the edges of a graph with tensors make of the derivatives that arrive, in symbols and in numbers; nothing of others. */
export class RuleTexts {
  private readonly measured: Measured;
  private readonly output: Tensor;
  private readonly names: ReadonlyMap<Node, string>;
  private readonly values: ReadonlyMap<Node, Value>;
  private readonly shown: (edge: MeasuredEdge) => Tensor | undefined;
  private readonly present: boolean;
  private readonly texts = new Map<MeasuredEdge, string>();

  /** `shown`: the partial as it is written. */
  constructor(
    measured: Measured,
    output: Tensor,
    names: ReadonlyMap<Node, string>,
    values: ReadonlyMap<Node, Value>,
    shown: (edge: MeasuredEdge) => Tensor | undefined,
  ) {
    this.measured = measured;
    this.output = output;
    this.names = names;
    this.values = values;
    this.shown = shown;
    this.present = measured.edges.some(({ rule }) => rule !== undefined);
  }

  symbols(edge: MeasuredEdge): { readonly rule?: string; readonly ruleLatex?: string } {
    if (!this.present) return {};
    const { rule, partial, to } = edge;
    const own = rule !== undefined && partial === undefined && rule.upstream.ndim > 0;
    const arriving = `∂${this.nameOf(this.output)}/∂${this.nameOf(to)}`;
    const latex = own ? latexOfRule(rule, arriving, (node) => this.nameOf(node)) : "";
    return { rule: this.textOf(edge), ...(latex === "" ? {} : { ruleLatex: latex }) };
  }

  numbers(edge: MeasuredEdge, upstream: ArrayValue): { readonly numbers?: string } {
    return this.present ? { numbers: this.put(edge, upstream) } : {};
  }

  /** The derivative of a number by a tensor; null of anything else. */
  gradient({ rule }: MeasuredEdge): ValueData | null {
    const found = rule === undefined ? undefined : gradientOf(rule, this.values);
    return found === undefined ? null : dataOf(found);
  }

  /** That derivative as a formula: in symbols where the rule is a product, otherwise its numbers. */
  gradientFormula({ rule }: MeasuredEdge, value: ValueData): { text: string; latex: string } {
    const found = rule === undefined ? undefined : factorIn(rule, (node) => this.nameOf(node));
    const text = found === undefined ? "" : formulaOf(found.factor, found.names);
    if (found === undefined || text.length > room.symbols)
      return { text: formatValue(value), latex: latexValue(value) };
    return { text, latex: latexOf(found.factor, found.names) };
  }

  /** The derivative on its way down every listed path. */
  along(sum: PathSum): PathSum {
    if (!this.present) return sum;
    const byId = new Map(this.measured.edges.map((edge) => [this.idOf(edge), edge]));
    const listed = sum.listed.map((path): Path => {
      let arriving: ArrayValue = { shape: [], dtype: this.output.dtype, data: Float64Array.of(1) };
      const steps: PathStep[] = [];
      for (const id of path.edges) {
        const edge = byId.get(id) as MeasuredEdge;
        const { rule, from } = edge;
        if (from.type.kind !== "tensor") return path; // a loop's tuple
        const numbers = this.put(edge, arriving);
        arriving = rule === undefined ? zeros(from.type) : applyRule(rule, arriving, this.values);
        steps.push({ numbers, value: dataOf(arriving) });
      }
      return { ...path, steps };
    });
    return { ...sum, listed };
  }

  /** Element by element a product, otherwise the operation's own rule. */
  private textOf(edge: MeasuredEdge): string {
    const known = this.texts.get(edge);
    if (known !== undefined) return known;
    const text = this.write(edge);
    this.texts.set(edge, text);
    return text;
  }

  private write(edge: MeasuredEdge): string {
    const { to, rule, partial } = edge;
    if (rule === undefined) return "0";
    const arriving = `∂${this.nameOf(this.output)}/∂${this.nameOf(to)}`;
    if (partial === undefined) return symbolsOf(rule, arriving, (node) => this.nameOf(node));
    const shown = this.shown(edge) ?? partial;
    const factor = factorOf(shown, this.names);
    const times = hasAxes(shown) ? " ⊙ " : "·";
    return factor === "1" ? arriving : `${arriving}${times}${factor}`;
  }

  private put(edge: MeasuredEdge, upstream: ArrayValue): string {
    const { rule, partial } = edge;
    if (rule === undefined) return "0";
    if (partial === undefined) {
      const name = `∂${this.nameOf(edge.to)}/∂${this.nameOf(edge.from)}`;
      return numbersOf(rule, upstream, this.values, this.textOf(edge), name);
    }
    const factors = [upstream, this.values.get(partial) as Value];
    const [left, right] = factors.map((value) => formatShortFactor(dataOf(value)));
    return `${left} ${partial.shape.length === 0 ? "·" : "⊙"} ${right}`;
  }

  private nameOf(node: Node): string {
    return this.names.get(node) as string;
  }

  private idOf({ from, to, at }: MeasuredEdge): string {
    return `${this.nameOf(from)}→${this.nameOf(to)}#${at}`;
  }
}

function zeros({ shape, dtype }: TensorType): ArrayValue {
  return { shape, dtype, data: new Float64Array(sizeOf(shape)) };
}
