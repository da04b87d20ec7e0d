import { all, create } from "mathjs";
import { expect, it } from "vitest";
import { grad, jvp, stack, sum, type Tensor, tensor, vmap } from "../../src/index.js";
import { difference } from "../../src/testing/differences.js";
import { Random } from "../../src/testing/random.js";
import { type Expression, randomExpression, ruleNames } from "./expression.js";

const math = create(all as NonNullable<typeof all>);
const batches = 20;
const perBatch = 500;
const levels = 5;
const step = 2 ** -8;

/** Every value differences need, from one evaluation of the expression on vectors. */
function byDifferences({ f, point }: Expression): { gradient: number[]; scale: number } {
  const shifts = [0];
  for (let level = 0; level < levels; level++) shifts.push(step / 2 ** level, -step / 2 ** level);
  const columns = point.map((value, i) =>
    point.flatMap((_, along) => shifts.map((h) => (along === i ? value + h : value))),
  );
  const values = f(...columns.map((column) => tensor(column) as Tensor)).data;
  const at = (h: number): Float64Array =>
    Float64Array.from(point, (_, i) => values[i * shifts.length + shifts.indexOf(h)] as number);
  const { value } = difference(at, step, levels);
  return { gradient: [...value], scale: 1 + Math.abs(values[0] as number) };
}

function fail({ text, operations, point }: Expression, what: string): never {
  return expect.fail(`${what} in ${text || operations.join(" ")} at (${point.join(", ")})`);
}

const seen = new Map<string, number>();
let withSymbolic = 0;

for (let batch = 0; batch < batches; batch++) {
  it(`gradients of expressions ${batch * perBatch + 1} to ${(batch + 1) * perBatch} agree with differences, forward mode and mathjs`, () => {
    const random = new Random(batch + 1);
    for (let i = 0; i < perBatch; i++) {
      const expression = randomExpression(random, random.integer(2, 12));
      for (const name of expression.operations) seen.set(name, (seen.get(name) ?? 0) + 1);
      check(expression);
    }
  });
}

function check(expression: Expression): void {
  const { f, point, symbolic, text } = expression;
  const gradient = grad(f, { argnums: [0, 1, 2] })(...point) as unknown as number[];
  const { gradient: expected, scale } = byDifferences(expression);
  gradient.forEach((derivative, i) => {
    const reference = expected[i] as number;
    if (!(Math.abs(derivative - reference) <= 1e-6 * (scale + Math.abs(reference))))
      fail(expression, `∂/∂${"xyz"[i]} ${derivative}, differences say ${reference},`);
  });
  const directions = [0.6, -0.8, 1.1];
  const [, along] = jvp(f, [...point], directions) as unknown as [number, number];
  const total = gradient.reduce((sum, d, i) => sum + d * (directions[i] as number), 0);
  const size = gradient.reduce((sum, d) => sum + Math.abs(d), 1);
  if (!(Math.abs(along - total) <= 1e-11 * size))
    fail(expression, `forward mode ${along}, reverse mode ${total}`);
  const scope = { x: point[0] as number, y: point[1] as number, z: point[2] as number };
  if (text !== "") {
    const value = Number(f(...point.map((p) => tensor(p) as Tensor)).item());
    const other = Number(math.evaluate(text, scope));
    if (!(Math.abs(value - other) <= 1e-8 * scale))
      fail(expression, `value ${value}, mathjs says ${other},`);
  }
  if (!symbolic) return;
  withSymbolic++;
  const parsed = math.parse(text);
  gradient.forEach((derivative, i) => {
    const name = "xyz"[i] as string;
    const other = Number(math.derivative(parsed, name, { simplify: false }).evaluate(scope));
    if (!(Math.abs(derivative - other) <= 1e-9 * (size + Math.abs(other))))
      fail(expression, `∂/∂${name} ${derivative}, mathjs says ${other},`);
  });
}

it("half of the expressions have a symbolic derivative, and every operation occurs", () => {
  expect(withSymbolic).toBeGreaterThan((batches * perBatch) / 2);
  expect(ruleNames.filter((name) => (seen.get(name) ?? 0) < 20)).toEqual([]);
});

it("one vmap of the gradient gives the gradients of an expression at many points", () => {
  const random = new Random(99);
  for (let i = 0; i < 100; i++) {
    const { f, point } = randomExpression(random, 8);
    const near = Array.from({ length: 4 }, () => point.map((p) => p + random.between(-1e-3, 1e-3)));
    const columns = point.map((_, k) => tensor(near.map((row) => row[k] as number)) as Tensor);
    const gradient = (...xs: Tensor[]) => grad(f, { argnums: [0, 1, 2] })(...xs);
    const mapped = stack(vmap(gradient)(...columns) as Tensor[]);
    const each = near.flatMap(
      (row) => grad(f, { argnums: [0, 1, 2] })(...row) as unknown as number[],
    );
    const together = grad((...xs: Tensor[]) => sum(f(...xs)), { argnums: [0, 1, 2] })(...columns);
    each.forEach((expected, at) => {
      const [row, k] = [Math.floor(at / 3), at % 3];
      expect(mapped.data[k * near.length + row]).toBeCloseTo(expected, 10);
      expect((together as Tensor[])[k]?.data[row]).toBeCloseTo(expected, 10);
    });
  }
});
