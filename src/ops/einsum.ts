import { bindTensor } from "../core/bind.js";
import { ShapeError, ValueError } from "../core/errors.js";
import type { Tensor } from "../core/node.js";
import { formatShape, type Shape } from "../core/shape.js";
import { formatType } from "../core/type.js";
import type { TensorLike } from "../core/typing.js";
import { multiply } from "./arithmetic.js";
import {
  contractLabelled,
  dropRepeated,
  type Labelled,
  ordered,
  promoteFactors,
} from "./contraction.js";
import { diagonal } from "./diagonal.js";
import { restoreShape, sumOp } from "./shape.js";

/**
 * Einstein's summation: `einsum("ij,jk->ik", a, b)`. One letter per axis; a letter repeated within one operand takes
 * its diagonal; letters not in the output are summed; without `->` the output has the letters that occur once, in
 * alphabetical order. `...` stands for further axes, which broadcast. Several operands are contracted pair by pair,
 * the pair that leaves the smallest result first. Integers wrap, booleans count as i32. Throws ValueError for a
 * malformed subscript, ShapeError for operands that do not fit it.
 */
export function einsum(subscripts: string, ...operands: readonly TensorLike[]): Tensor {
  const { inputs, output } = parse(subscripts, operands.length);
  const tensors = promoteFactors("einsum", operands);
  const named = tensors.map((tensor, i) => label(subscripts, inputs[i] as string, tensor, i));
  checkLengths(subscripts, named);
  const kept = outputLabels(subscripts, output, inputs, named);
  return contractAll(named.map(takeDiagonals), kept);
}

const dots = "...";

interface Parsed {
  readonly inputs: readonly string[];
  readonly output: string | undefined;
}

function malformed(subscripts: string, expected: string, received: string): ValueError {
  return new ValueError("einsum", { expected, received: `${received} in "${subscripts}"` });
}

function parse(subscripts: string, operands: number): Parsed {
  const [left = "", output, ...rest] = subscripts.replaceAll(/\s/g, "").split("->");
  const inputs = left.split(",");
  for (const term of [...inputs, output ?? ""]) {
    const letters = term.replace(dots, "");
    const wrong = /[^A-Za-z]/.exec(letters)?.[0];
    if (wrong !== undefined)
      throw malformed(subscripts, "letters, commas, one -> and ...", `'${wrong}' in '${term}'`);
  }
  if (rest.length > 0) throw malformed(subscripts, "one ->", `${rest.length + 1}`);
  if (inputs.length !== operands)
    throw malformed(subscripts, `${inputs.length} operands`, `${operands}`);
  return { inputs, output };
}

const letterLabel = (letter: string): number => letter.charCodeAt(0);

/** Labels of the axes of one operand: letters by their code, those of `...` by −1 for the last, −2, … */
function label(subscripts: string, term: string, tensor: Tensor, at: number): Labelled {
  const [before, after] = term.includes(dots) ? term.split(dots) : [term, undefined];
  const letters = (before as string).length + (after ?? "").length;
  const further = tensor.ndim - letters;
  if (further < 0 || (after === undefined && further > 0)) {
    throw new ShapeError("einsum", {
      expected: `${after === undefined ? "" : "at least "}${letters} axes for '${term}' of "${subscripts}"`,
      received: `${formatType(tensor.type)} as operand ${at}`,
    });
  }
  const labels = [
    ...[...(before as string)].map(letterLabel),
    ...Array.from({ length: further }, (_, i) => i - further),
    ...[...(after ?? "")].map(letterLabel),
  ];
  return { tensor, labels };
}

function checkLengths(subscripts: string, operands: readonly Labelled[]): void {
  const lengths = new Map<number, { length: number; at: number }>();
  operands.forEach(({ tensor, labels }, at) => {
    labels.forEach((name, axis) => {
      const length = tensor.shape[axis] as number;
      const known = lengths.get(name);
      const repeats = name < 0 && (length === 1 || known?.length === 1);
      if (known === undefined || (repeats && length !== 1)) lengths.set(name, { length, at });
      else if (known.length !== length && !repeats) {
        const what =
          name < 0
            ? "axes of ... that broadcast"
            : `one length for '${String.fromCharCode(name)}' of "${subscripts}"`;
        throw new ShapeError("einsum", {
          expected: what,
          received: `${known.length} in operand ${known.at} and ${length} in operand ${at}: ${operands
            .map((operand) => formatShape(operand.tensor.shape))
            .join(", ")}`,
        });
      }
    });
  });
}

function outputLabels(
  subscripts: string,
  output: string | undefined,
  inputs: readonly string[],
  operands: readonly Labelled[],
): number[] {
  const deepest = Math.min(0, ...operands.flatMap((operand) => operand.labels));
  const further = Array.from({ length: -deepest }, (_, i) => deepest + i);
  const letters = inputs.join("").replaceAll(dots, "");
  if (output === undefined) {
    const once = [...letters].filter((l) => letters.indexOf(l) === letters.lastIndexOf(l)).sort();
    return [...further, ...once.map(letterLabel)];
  }
  if (further.length > 0 && !output.includes(dots))
    throw malformed(subscripts, "... in the output, as in an operand", `'${output}'`);
  const own = output.replace(dots, "");
  for (const letter of own) {
    if (!letters.includes(letter))
      throw malformed(subscripts, "output letters that an operand has", `'${letter}'`);
    if (own.indexOf(letter) !== own.lastIndexOf(letter))
      throw malformed(subscripts, "each output letter once", `'${letter}' twice`);
  }
  const [before = "", after = ""] = output.split(dots);
  return [
    ...[...before].map(letterLabel),
    ...(output.includes(dots) ? further : []),
    ...[...after].map(letterLabel),
  ];
}

/** Axes of one name within an operand become one, their diagonal. */
function takeDiagonals(operand: Labelled): Labelled {
  let { tensor, labels } = operand;
  for (;;) {
    const second = labels.findIndex((name, axis) => labels.indexOf(name) < axis);
    if (second < 0) return { tensor, labels };
    const name = labels[second] as number;
    const first = labels.indexOf(name);
    tensor = diagonal(tensor, { axis1: first, axis2: second });
    labels = [...labels.filter((_, axis) => axis !== first && axis !== second), name];
  }
}

/** Contracts the pair whose result is smallest beside its factors, until one operand is left. */
function contractAll(operands: readonly Labelled[], output: readonly number[]): Tensor {
  const rest = [...operands];
  while (rest.length > 1) {
    let best = { i: 0, j: 1, growth: Number.POSITIVE_INFINITY };
    for (let i = 0; i < rest.length; i++) {
      for (let j = i + 1; j < rest.length; j++) {
        const growth = growthOf(rest, i, j, output);
        if (growth < best.growth) best = { i, j, growth };
      }
    }
    const [x, y] = [rest[best.i], rest[best.j]] as [Labelled, Labelled];
    const kept = keptLabels(rest, best.i, best.j, output);
    const product = productOf(x, y, kept);
    rest.splice(best.j, 1);
    rest.splice(best.i, 1, product);
  }
  const last = sumLabelled(rest[0] as Labelled, (name) => output.includes(name));
  return ordered(last, output);
}

/** The product of two operands, summed over names not in `kept`; element by element where both have none of these. */
function productOf(x: Labelled, y: Labelled, kept: readonly number[]): Labelled {
  const a = sumUnshared(dropRepeated(x, y), y.labels, kept);
  const b = sumUnshared(dropRepeated(y, x), a.labels, kept);
  if (a.labels.some((label) => b.labels.includes(label) && !kept.includes(label)))
    return contractLabelled(a, b, kept);
  const labels = kept.filter((label) => a.labels.includes(label) || b.labels.includes(label));
  return { tensor: multiply(alignTo(a, labels), alignTo(b, labels)) as Tensor, labels };
}

/** Summed over axes that neither the other factor nor the result has. */
function sumUnshared(x: Labelled, other: readonly number[], kept: readonly number[]): Labelled {
  return sumLabelled(x, (label) => other.includes(label) || kept.includes(label));
}

/** Summed over the axes whose names do not stay. */
function sumLabelled(x: Labelled, stays: (label: number) => boolean): Labelled {
  const axes = [...x.labels.keys()].filter((axis) => !stays(x.labels[axis] as number));
  if (axes.length === 0) return x;
  return { tensor: bindTensor(sumOp, [x.tensor], { axes }), labels: x.labels.filter(stays) };
}

/** The axes in the order of `labels`, with length 1 where the tensor has none of that name. */
function alignTo(x: Labelled, labels: readonly number[]): Tensor {
  const own = labels.filter((label) => x.labels.includes(label));
  const tensor = ordered(x, own);
  const shape: Shape = labels.map((label) =>
    own.includes(label) ? (tensor.shape[own.indexOf(label)] as number) : 1,
  );
  return restoreShape(tensor, shape);
}

/** Names of two factors that the output or another operand still needs, those of the output in its order. */
function keptLabels(
  operands: readonly Labelled[],
  i: number,
  j: number,
  output: readonly number[],
): number[] {
  const pair = [operands[i], operands[j]] as [Labelled, Labelled];
  const own = new Set(pair.flatMap((operand) => operand.labels));
  const others = operands.flatMap((operand, at) => (at === i || at === j ? [] : operand.labels));
  return [...new Set([...output, ...others])].filter((name) => own.has(name));
}

function growthOf(
  operands: readonly Labelled[],
  i: number,
  j: number,
  output: readonly number[],
): number {
  const [x, y] = [operands[i], operands[j]] as [Labelled, Labelled];
  const lengthIn = ({ tensor, labels }: Labelled, name: number): number =>
    labels.includes(name) ? (tensor.shape[labels.indexOf(name)] as number) : 1;
  let result = 1;
  for (const name of keptLabels(operands, i, j, output))
    result *= Math.max(lengthIn(x, name), lengthIn(y, name));
  return result - x.tensor.size - y.tensor.size;
}
