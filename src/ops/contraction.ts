import { bindTensor } from "../core/bind.js";
import { asTensor } from "../core/convert.js";
import { DTypeError, ShapeError } from "../core/errors.js";
import type { AxisPairs } from "../core/lowering.js";
import type { Tensor } from "../core/node.js";
import type { Primitive, Spoken } from "../core/primitive.js";
import { atAxes, formatShape, normalizeAxis, type Shape } from "../core/shape.js";
import { formatType, type TensorType, tensorType } from "../core/type.js";
import type { TensorLike } from "../core/typing.js";
import { cast, promote } from "./cast.js";
import { contractArrays, freeAxes } from "./contract-arrays.js";
import { describe } from "./describe.js";
import { permuteAxes } from "./shape.js";

export interface ContractionParams {
  /** Pairs (axis of x, axis of y) summed over. */
  readonly contract: AxisPairs;
  /** Pairs (axis of x, axis of y) kept once, in front of the result. */
  readonly batch: AxisPairs;
}

export const dotGeneralOp: Primitive<ContractionParams> = {
  name: "dotGeneral",
  type: ([x, y], { contract, batch }) => {
    checkPairs(x, y, contract, batch);
    const shape = [
      ...batch.map((pair) => x.shape[pair[0]] as number),
      ...atAxes(x.shape, freeAxes(x.shape.length, 0, batch, contract)),
      ...atAxes(y.shape, freeAxes(y.shape.length, 1, batch, contract)),
    ];
    return tensorType(shape, x.dtype, x.weak && y.weak && shape.length === 0);
  },
  evaluate: ([x, y], { contract, batch }, type) => contractArrays(x, y, batch, contract, type),
  derivative: {
    kind: "linear",
    groups: () => [[0], [1]],
    transpose: ([ct], at, inputs, { contract, batch }) => {
      const [side, other] = at === 0 ? ([0, 1] as const) : ([1, 0] as const);
      const [own, fixed] = [inputs[side], inputs[other]];
      const free = freeAxes(own.ndim, side, batch, contract);
      const otherFree = freeAxes(fixed.ndim, other, batch, contract);
      // Axes of the cotangent: batch, then the free axes of x, then those of y. Factors in the order in which the result
      // of a product of matrices needs no transposition.
      const otherStart = batch.length + (at === 0 ? free.length : 0);
      const inOrder = <T>(first: T, second: T) =>
        at === 0 ? ([first, second] as const) : ([second, first] as const);
      const result = bindTensor(dotGeneralOp, inOrder(ct as Tensor, fixed), {
        contract: otherFree.map((axis, i) => inOrder(otherStart + i, axis)),
        batch: batch.map((pair, i) => inOrder(i, pair[other])),
      });
      const summed = [...contract].sort((p, q) => p[other] - q[other]).map((pair) => pair[side]);
      const order = [...batch.map((pair) => pair[side]), ...inOrder(free, summed).flat()];
      return permuteAxes(
        result,
        order.map((_, axis) => order.indexOf(axis)),
      );
    },
  },
  batch: ([x, y], [xAxis, yAxis], { contract, batch }, { last }) => {
    const moved = (pairs: AxisPairs): AxisPairs =>
      pairs.map(([a, b]) => [
        xAxis !== undefined && a >= xAxis ? a + 1 : a,
        yAxis !== undefined && b >= yAxis ? b + 1 : b,
      ]);
    const params = { contract: moved(contract), batch: moved(batch) };
    if (xAxis !== undefined && yAxis !== undefined) {
      const joined = { ...params, batch: [[xAxis, yAxis] as const, ...params.batch] };
      return { output: bindTensor(dotGeneralOp, [x, y], joined), axes: [0] };
    }
    if (last && xAxis === x.ndim - 1) {
      // the other factor first: then the mapped axis stays behind
      const swapped = (pairs: AxisPairs): AxisPairs => pairs.map(([a, b]) => [b, a]);
      const output = bindTensor(dotGeneralOp, [y, x], {
        contract: swapped(params.contract),
        batch: swapped(params.batch),
      });
      const kept = y.ndim - contract.length;
      const count = batch.length;
      const all = [...output.shape.keys()];
      const order = [
        all.slice(0, count),
        all.slice(kept, -1),
        all.slice(count, kept),
        all.slice(-1),
      ];
      return { output: permuteAxes(output, order.flat()), axes: [all.length - 1] };
    }
    const xFree = freeAxes(x.ndim, 0, params.batch, params.contract);
    const yFree = freeAxes(y.ndim, 1, params.batch, params.contract);
    const at =
      xAxis !== undefined ? xFree.indexOf(xAxis) : xFree.length + yFree.indexOf(yAxis as number);
    return { output: bindTensor(dotGeneralOp, [x, y], params), axes: [batch.length + at] };
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
  const letters = "ijklmnopqrstuvw";
  const first = [...letters.slice(0, rank)];
  const second = [...letters.slice(rank, rank + other)];
  for (const [a, b] of [...batch, ...contract]) second[b] = first[a] as string;
  const result = [
    ...batch.map(([a]) => first[a]),
    ...freeAxes(rank, 0, batch, contract).map((axis) => first[axis]),
    ...freeAxes(other, 1, batch, contract).map((axis) => second[axis]),
  ];
  const letter = `${first.join("")},${second.join("")}->${result.join("")}`;
  return { call: "einsum", of: [{ data: letter }, 0, 1] };
}

function checkPairs(x: TensorType, y: TensorType, contract: AxisPairs, batch: AxisPairs): void {
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
