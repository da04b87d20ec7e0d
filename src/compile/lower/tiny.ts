import type { Node } from "../../core/node.js";
import { sizeOf, stridesOf } from "../../core/shape.js";
import { sizeOfNode, tensorOf } from "../../ops/kernels/location.js";
import { registerOf } from "../../program/elements.js";
import type { Operand } from "../../program/types.js";
import { constantIndex } from "./affine.js";
import type { BodyContext } from "./context.js";
import { combineTwo, identityOf } from "./fold.js";
import { decide, throughPad, throughView } from "./shapes.js";

/** The elements of a small tensor, each in a register. */
export function computeTiny(body: BodyContext, node: Node): Operand[] {
  const { lower } = node.primitive;
  const size = sizeOfNode(node);
  const each = (of: (at: number) => Operand): Operand[] => {
    const elements = new Array<Operand>(size);
    for (let i = 0; i < size; i++) elements[i] = of(i);
    return elements;
  };
  const first = node.inputs[0] as Node;
  switch (lower.kind) {
    case "scalar": {
      return each((i) =>
        body.compute(
          node,
          node.inputs.map((input) => body.elementOf(input, i)),
        ),
      );
    }
    case "view":
      return each((i) => body.elementOf(first, throughView(node, constantIndex(i)).constant));
    case "reduce":
      return reduceTiny(body, node, lower.combine, lower.axes(node.params));
    case "contraction":
      return contractTiny(body, node);
    default: {
      const inline = lower.kind === "kernel" ? lower.inline : undefined;
      if (inline?.kind === "pad")
        return each((i) => {
          const pad = throughPad(node, constantIndex(i));
          return decide(pad) === true
            ? body.elementOf(first, pad.flat.constant)
            : body.elementOf(node.inputs[1] as Node, 0);
        });
      const { shape, dtype } = tensorOf(node);
      const strides = stridesOf(shape);
      const along = (i: number, axis: number): number =>
        Math.floor(i / (strides[axis] as number)) % (shape[axis] as number);
      if (inline?.kind === "iota") {
        const axis = inline.axis(node.params);
        return each((i) => body.builder.constant(registerOf(dtype), along(i, axis)));
      }
      if (inline?.kind === "concatenate") return joinTiny(body, node, inline.axis(node.params));
      throw new Error(`no registers for ${node.primitive.name}`);
    }
  }
}

function reduceTiny(
  body: BodyContext,
  node: Node,
  combine: Parameters<typeof combineTwo>[1],
  axes: readonly number[],
): Operand[] {
  const b = body.builder;
  const from = tensorOf(node.inputs[0] as Node);
  const { dtype, shape } = tensorOf(node);
  const strides = stridesOf(from.shape);
  const kept = [...from.shape.keys()].filter((axis) => !axes.includes(axis));
  const outStrides = stridesOf(shape);
  const totals = new Array<Operand | undefined>(sizeOf(shape)).fill(undefined);
  const size = sizeOf(from.shape);
  for (let i = 0; i < size; i++) {
    const to = kept.reduce((at, axis, k) => {
      const index = Math.floor(i / (strides[axis] as number)) % (from.shape[axis] as number);
      return at + index * (outStrides[k] as number);
    }, 0);
    let value = body.elementOf(node.inputs[0] as Node, i);
    if (value.type === "bool" && dtype !== "bool") value = b.convert(value, registerOf(dtype));
    const so = totals[to];
    totals[to] = so === undefined ? value : combineTwo(b, combine, dtype, so, value);
  }
  return totals.map((total) => total ?? identityOf(b, combine, dtype));
}

function contractTiny(body: BodyContext, node: Node): Operand[] {
  const { lower } = node.primitive;
  if (lower.kind !== "contraction") throw new Error("no contraction");
  const b = body.builder;
  const { batch, contract } = lower.axes(node.params);
  const [x, y] = node.inputs as [Node, Node];
  const shapes = [tensorOf(x).shape, tensorOf(y).shape] as const;
  const strides = [stridesOf(shapes[0]), stridesOf(shapes[1])] as const;
  const free = (side: 0 | 1): number[] => {
    const used = [...batch, ...contract].map((pair) => pair[side]);
    return [...shapes[side].keys()].filter((axis) => !used.includes(axis));
  };
  // every axis of the result, then the summed ones: how far each moves in x and in y
  const axes = [
    ...batch.map(([p, q]) => [shapes[0][p], strides[0][p], strides[1][q]]),
    ...free(0).map((p) => [shapes[0][p], strides[0][p], 0]),
    ...free(1).map((q) => [shapes[1][q], 0, strides[1][q]]),
  ] as [number, number, number][];
  const summed = contract.map(([p, q]) => [shapes[0][p], strides[0][p], strides[1][q]]) as [
    number,
    number,
    number,
  ][];
  const { dtype } = tensorOf(node);
  return offsets(axes).map(([i, j]) => {
    let total: Operand | undefined;
    for (const [p, q] of offsets(summed)) {
      const product = b.mul(body.elementOf(x, i + p), body.elementOf(y, j + q));
      total = total === undefined ? product : b.add(total, product);
    }
    return total ?? b.constant(registerOf(dtype), 0);
  });
}

/** Positions in two tensors, in row-major order of the axes. */
function offsets(axes: readonly (readonly [number, number, number])[]): [number, number][] {
  let all: [number, number][] = [[0, 0]];
  for (const [length, p, q] of axes)
    all = all.flatMap(([i, j]) =>
      Array.from({ length }, (_, k): [number, number] => [i + k * p, j + k * q]),
    );
  return all;
}

function joinTiny(body: BodyContext, node: Node, axis: number): Operand[] {
  const { shape } = tensorOf(node);
  const inner = sizeOf(shape.slice(axis + 1));
  const rows = sizeOf(shape.slice(0, axis));
  const elements: Operand[] = [];
  for (let row = 0; row < rows; row++)
    for (const input of node.inputs) {
      const width = (tensorOf(input).shape[axis] as number) * inner;
      for (let i = 0; i < width; i++) elements.push(body.elementOf(input, row * width + i));
    }
  return elements;
}
