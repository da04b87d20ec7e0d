import { expect, it } from "vitest";
import { planMemory } from "../../src/compile/passes/plan.js";
import { Builder } from "../../src/program/builder.js";
import type { Buffer } from "../../src/program/types.js";

const middle = 2 ** 31;

function buffer(id: number, bytes: number, role: Buffer["role"]): Buffer {
  return { id, name: `b${id}`, dtype: "f32", bytes, role };
}

it("no buffer lies across the middle of memory, and none that live together overlap", () => {
  const sizes = [0.7, 0.6, 0.9, 0.5, 0.4].map((part) => Math.round(part * 2 ** 30));
  const inputs = sizes.slice(0, 2).map((bytes, i) => buffer(i, bytes, "input"));
  const temporaries = sizes.slice(2).map((bytes, i) => buffer(10 + i, bytes, "temporary"));
  const b = new Builder();
  const places = temporaries.map((one) => ({ buffer: one, at: undefined, offset: 0 }));
  for (const place of places) b.store("f32", place, b.constant("f32", 1));
  for (const place of places) b.store("f32", place, b.load("f32", "f32", place));
  const main = {
    kind: "routine",
    name: "main",
    params: [],
    body: b.block,
    result: undefined,
  } as const;
  planMemory({ main, fixed: inputs, heap: undefined });
  const all = [...inputs, ...temporaries].map(({ address, bytes }) => {
    const start = address as number;
    return [start, start + bytes] as const;
  });
  expect(all.some(([, end]) => end > middle)).toBe(true);
  for (const [start, end] of all) expect(start >= middle || end <= middle).toBe(true);
  const inOrder = all.sort(([p], [q]) => p - q);
  inOrder.slice(1).forEach(([start], i) => {
    expect(start).toBeGreaterThanOrEqual((inOrder[i] as readonly [number, number])[1]);
  });
});
