import { bindTensor } from "../core/bind.js";
import { asTensor } from "../core/convert.js";
import { DTypeError, ShapeError } from "../core/errors.js";
import type { AxisPairs } from "../core/lowering.js";
import type { Tensor } from "../core/node.js";
import type { Primitive, Spoken } from "../core/primitive.js";
import { atAxes, formatShape, inserted, normalizeAxis, type Shape } from "../core/shape.js";
import { formatType, type TensorType, tensorType } from "../core/type.js";
import type { TensorLike } from "../core/typing.js";
import { cast, promote } from "./cast.js";
import { contractArrays } from "./contract-arrays.js";
import { describe } from "./describe.js";
import { permuteAxes, restoreShape } from "./shape.js";

export interface ContractionParams {
  /** Pairs (axis of x, axis of y) summed over. */
  readonly contract: AxisPairs;
  /** Pairs (axis of x, axis of y) kept once, in front of the result. */
  readonly batch: AxisPairs;
}

export const dotGeneralOp: Primitive<ContractionParams> = {
  name: "dotGeneral",
  type: ([x, y], params) => {
    checkPairs(x, y, params);
    const { result } = namesOf(x.shape.length, y.shape.length, params);
    const shape = atAxes([...x.shape, ...y.shape], result);
    return tensorType(shape, x.dtype, x.weak && y.weak && shape.length === 0);
  },
  evaluate: ([x, y], { contract, batch }, type) => contractArrays(x, y, batch, contract, type),
  derivative: {
    kind: "linear",
    groups: () => [[0], [1]],
    transpose: ([ct], at, [x, y], params) => {
      const names = namesOf(x.ndim, y.ndim, params);
      const given = { tensor: ct as Tensor, labels: names.result };
      // In the order in which the result of a product of matrices needs no transposition.
      return at === 0
        ? productOver(given, { tensor: y, labels: names.y }, names.x)
        : productOver({ tensor: x, labels: names.x }, given, names.y);
    },
  },
  batch: ([x, y], [xAxis, yAxis], params, { last }) => {
    const [xRank, yRank] = [
      x.ndim - Number(xAxis !== undefined),
      y.ndim - Number(yAxis !== undefined),
    ];
    const names = namesOf(xRank, yRank, params);
    const a = { tensor: x, labels: withMapped(names.x, xAxis) };
    const b = { tensor: y, labels: withMapped(names.y, yAxis) };
    const kept = [mapped, ...names.result];
    // the other factor first: then the mapped axis stays behind
    const swaps = last === true && xAxis === xRank && yAxis === undefined;
    const product = swaps ? contractLabelled(b, a, kept) : contractLabelled(a, b, kept);
    const axis = product.labels.indexOf(mapped);
    return { output: ordered(product, withMapped(names.result, axis)), axes: [axis] };
  },
  lower: { kind: "contraction", axes: ({ batch, contract }) => ({ batch, contract }) },
};

export const describedDotGeneral: Primitive = /* @__PURE__ */ describe(dotGeneralOp, {
  spoken: spokenProduct,
  doc: "Sum over products of two tensors along paired axes. Axes of the result: the batch pairs, the other axes of x, the other axes of y. Floats accumulate in f64 in blocks; integers wrap.",
  latex: ([x, y]) => `${x} \\, ${y}`,
  domain: [{ low: -2, high: 2 }],
  cases: [
    { inputs: [{ shape: [2, 3] }, { shape: [3, 4] }], params: { contract: [[1, 0]], batch: [] } },
    {
      inputs: [{ shape: [3, 2, 4] }, { shape: [4, 5, 2] }],
      params: { contract: [[2, 0]], batch: [[1, 2]] },
    },
    {
      inputs: [{ shape: [2, 3, 2] }, { shape: [3, 2, 2] }],
      params: {
        contract: [
          [1, 0],
          [0, 2],
        ],
        batch: [],
      },
    },
    { inputs: [{ shape: [3] }, { shape: [3] }], params: { contract: [[0, 0]], batch: [] } },
    { inputs: [{ shape: [2] }, { shape: [3] }], params: { contract: [], batch: [] } },
    { inputs: [{ shape: [] }, { shape: [2] }], params: { contract: [], batch: [] } },
    { inputs: [{ shape: [2, 0] }, { shape: [0, 3] }], params: { contract: [[1, 0]], batch: [] } },
    { inputs: [{ shape: [0, 2] }, { shape: [2, 3] }], params: { contract: [[1, 0]], batch: [] } },
    {
      inputs: [
        { shape: [2, 2], dtype: "i32", values: [65536, 3, -7, 2147483647] },
        { shape: [2], dtype: "i32", values: [65537, 5] },
      ],
      params: { contract: [[1, 0]], batch: [] },
    },
  ],
});

/** As people write it: `x @ y`, one of them transposed perhaps; an outer product; any other with letters for its axes. */
function spokenProduct({ contract, batch }: ContractionParams, [x, y]: readonly Shape[]): Spoken {
  const [rank, other] = [x?.length ?? 0, y?.length ?? 0];
  const [pair] = contract;
  if (batch.length === 0 && rank <= 2 && other <= 2) {
    if (pair === undefined && rank * other === 0) return { call: "multiply", of: [0, 1] };
    if (pair === undefined && rank * other === 1) return { call: "outer", of: [0, 1] };
    if (pair !== undefined && contract.length === 1) {
      const left = rank === 2 && pair[0] === 0 ? { call: "transpose", of: [0] } : 0;
      const right = other === 2 && pair[1] === 1 ? { call: "transpose", of: [1] } : 1;
      return { call: "matmul", of: [left, right] };
    }
  }
  const names = namesOf(rank, other, { contract, batch });
  const text = (labels: readonly number[]) =>
    labels.map((label) => "ijklmnopqrstuvw"[label]).join("");
  const letters = `${text(names.x)},${text(names.y)}->${text(names.result)}`;
  return { call: "einsum", of: [{ data: letters }, 0, 1] };
}

/** Numbers for the axes: those of x, then those of y, paired axes by that of x. */
function namesOf(xRank: number, yRank: number, { contract, batch }: ContractionParams) {
  const x = Array.from({ length: xRank }, (_, axis) => axis);
  const y = Array.from({ length: yRank }, (_, axis) => xRank + axis);
  for (const [a, b] of [...batch, ...contract]) y[b] = a;
  const shared = [...batch, ...contract].map(([a]) => a);
  const result = [
    ...shared.slice(0, batch.length),
    ...x.filter((label) => !shared.includes(label)),
    ...y.filter((label) => label >= xRank),
  ];
  return { x, y, result };
}

/** The name of the axis that is mapped over. */
const mapped = -1;

function withMapped(labels: readonly number[], axis: number | undefined): readonly number[] {
  return axis === undefined ? labels : inserted(labels, axis, mapped);
}

function checkPairs(x: TensorType, y: TensorType, { contract, batch }: ContractionParams): void {
  if (x.dtype !== y.dtype || x.dtype === "bool") {
    throw new DTypeError("dotGeneral", {
      expected: "two tensors of one numeric dtype",
      received: `${formatType(x)} and ${formatType(y)}`,
    });
  }
  for (const [side, type] of [
    [0, x],
    [1, y],
  ] as const) {
    const axes = [...batch, ...contract].map((pair) => pair[side]);
    for (const axis of axes) normalizeAxis("dotGeneral", axis, type.shape.length);
    if (new Set(axes).size !== axes.length) {
      throw new ShapeError("dotGeneral", {
        expected: "each axis in one pair at most",
        received: `axes ${formatShape(axes)} of ${formatType(type)}`,
      });
    }
  }
  for (const [a, b] of [...batch, ...contract]) {
    if (x.shape[a] === y.shape[b]) continue;
    throw new ShapeError("dotGeneral", {
      expected: "paired axes of equal length",
      received: `axis ${a} of ${formatType(x)} with axis ${b} of ${formatType(y)}`,
    });
  }
}

/** Both in the dtype they promote to; booleans count as i32. */
export function promoteFactors(operation: string, values: readonly TensorLike[]): Tensor[] {
  const tensors = promote(
    values.map((value) => asTensor(value, operation)),
    false,
  );
  return tensors.map((tensor) =>
    tensor.dtype === "bool" ? (cast(tensor, "i32") as Tensor) : tensor,
  );
}

export interface DotGeneralOptions {
  /** Pairs (axis of x, axis of y) summed over. Negative axes count from the end. */
  readonly contract?: AxisPairs;
  /** Pairs (axis of x, axis of y) kept once, in front of the result. */
  readonly batch?: AxisPairs;
}

/**
 * Sum over products along paired axes. Shape of the result: the batch pairs, the other axes of `x`, the other
 * axes of `y`. Throws ShapeError when paired axes differ in length or repeat.
 */
export function dotGeneral(x: TensorLike, y: TensorLike, options: DotGeneralOptions = {}): Tensor {
  const [a, b] = promoteFactors("dotGeneral", [x, y]) as [Tensor, Tensor];
  const counted = (pairs: AxisPairs = []): AxisPairs =>
    pairs.map(([i, j]) => [
      normalizeAxis("dotGeneral", i, a.ndim),
      normalizeAxis("dotGeneral", j, b.ndim),
    ]);
  const params = { contract: counted(options.contract), batch: counted(options.batch) };
  return bindTensor(dotGeneralOp, [a, b], params);
}

/** A tensor with a name for each axis. */
export interface Labelled {
  readonly tensor: Tensor;
  readonly labels: readonly number[];
}

/**
 * The product of two tensors of one dtype with named axes, summed over shared names not in `kept`. An axis of length 1
 * beside a longer one of its name is repeated. The result has its axes in any order.
 */
export function contractLabelled(x: Labelled, y: Labelled, kept: readonly number[]): Labelled {
  const [a, b] = [dropRepeated(x, y), dropRepeated(y, x)];
  const shared = a.labels.filter((label) => b.labels.includes(label));
  const [batch, contract] = [true, false].map((stays) =>
    shared.filter((label) => kept.includes(label) === stays),
  ) as [number[], number[]];
  const pair = (label: number) => [a.labels.indexOf(label), b.labels.indexOf(label)] as const;
  const own = (labels: readonly number[]) => labels.filter((label) => !shared.includes(label));
  const params = { contract: contract.map(pair), batch: batch.map(pair) };
  return {
    tensor: bindTensor(dotGeneralOp, [a.tensor, b.tensor], params),
    labels: [...batch, ...own(a.labels), ...own(b.labels)],
  };
}

/** The tensor with its axes in the order of `labels`, which are the same names. */
export function ordered({ tensor, labels: from }: Labelled, labels: readonly number[]): Tensor {
  return permuteAxes(
    tensor,
    labels.map((label) => from.indexOf(label)),
  );
}

/** Their product, summed over shared names that are not in `labels`, with its axes in the order of these. */
export function productOver(x: Labelled, y: Labelled, labels: readonly number[]): Tensor {
  return ordered(contractLabelled(x, y, labels), labels);
}

/** Without axes of length 1 that `other` has longer. */
export function dropRepeated(x: Labelled, other: Labelled): Labelled {
  const keep = x.labels.map((label, axis) => {
    const at = other.labels.indexOf(label);
    return at < 0 || x.tensor.shape[axis] === other.tensor.shape[at] || x.tensor.shape[axis] !== 1;
  });
  if (keep.every(Boolean)) return x;
  return {
    tensor: restoreShape(
      x.tensor,
      x.tensor.shape.filter((_, axis) => keep[axis]),
    ),
    labels: x.labels.filter((_, axis) => keep[axis]),
  };
}
