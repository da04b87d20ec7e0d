import { describe, expect, it } from "vitest";
import { add, divide, multiply, type Tensor, tanh } from "../index.js";
import { explain, formatSvg } from "./index.js";
import { type LayoutGraph, layOut } from "./layout.js";

type Inputs = { a: Tensor; b: Tensor; c: Tensor };

/** Cut into steps, whether the way enters the box. */
function crosses(
  points: readonly { x: number; y: number }[],
  box: { x: number; y: number; width: number; height: number },
): boolean {
  return points.slice(1).some((to, i) => {
    const from = points[i] as { x: number; y: number };
    return Array.from({ length: 21 }, (_, k) => k / 20).some(
      (t) =>
        Math.abs(from.x + t * (to.x - from.x) - box.x) < box.width / 2 - 1 &&
        Math.abs(from.y + t * (to.y - from.y) - box.y) < box.height / 2 - 1,
    );
  });
}

describe("layOut", () => {
  it("takes nodes by any name", () => {
    const size = { width: 40, height: 20 };
    const names = ["constructor", "__proto__", "toString", "1"];
    const { nodes, edges } = layOut({
      nodes: names.map((id) => ({ id, ...size })),
      edges: names.slice(1).map((to, i) => ({ id: to, from: names[i] as string, to, ...size })),
      direction: "LR",
    });
    expect([...nodes.keys()]).toEqual(names);
    expect(edges.size).toBe(3);
  });

  it.each(["LR", "TB"] as const)("leads edges past their ends' neighbours, %s", (direction) => {
    const { nodes, edges } = explain(
      ({ a, b, c }: Inputs) => {
        const ratios = add(add(divide(a, b), divide(b, c)), divide(c, a));
        return add(ratios, tanh(multiply(multiply(a, b), c)));
      },
      [{ a: 1, b: 2, c: 3 }],
    );
    const graph: LayoutGraph = {
      direction,
      nodes: nodes.map(({ id }) => ({ id, width: 140, height: 64 })),
      edges: edges.map(({ id, from, to }) => ({ id, from, to, width: 60, height: 18 })),
    };
    const layout = layOut(graph);
    for (const { id } of edges) {
      const way = layout.edges.get(id)?.points ?? [];
      for (const node of nodes) {
        const box = layout.nodes.get(node.id) as { x: number; y: number };
        expect(crosses(way, { ...box, width: 140, height: 64 }), `${id} over ${node.id}`).toBe(
          false,
        );
      }
    }
  });

  it("refuses at once what cannot be drawn", () => {
    const long = explain(
      (x: Tensor) => {
        let y = x;
        for (let i = 0; i < 1000; i++) y = add(y, multiply(x, i));
        return y;
      },
      [1],
      { paths: 0 },
    );
    expect(() => formatSvg(long)).toThrow(/expected a graph small enough to draw, got 2001 nodes/);
  });
});
