import fc from "fast-check";
import { expect, it } from "vitest";
import {
  add,
  grad,
  jit,
  matmul,
  mul,
  reshape,
  sum,
  type Tensor,
  tanh,
  tensor,
  transpose,
} from "../../src/index.js";

// Loop nests and contractions that are alike are one routine: whatever their operands are, and where they lie.

const [rows, columns] = [16, 20];

const matrix = (seed: number): Tensor =>
  tensor(
    Float64Array.from({ length: rows * columns }, (_, i) => Math.sin(seed + 1.7 * i)),
    [rows, columns],
  ) as Tensor;

type Step = readonly [kind: number, a: number, b: number];

/** A program of steps, each of which takes two of the values before it. */
function runSteps(steps: readonly Step[], inputs: readonly Tensor[]): Tensor[] {
  const values = [...inputs];
  for (const [kind, a, b] of steps) {
    const x = values[a % values.length] as Tensor;
    const y = values[b % values.length] as Tensor;
    if (kind === 0) values.push(tanh(add(mul(x, y), x)) as Tensor);
    else if (kind === 1) values.push(add(x, sum(y, { axis: 0 })) as Tensor);
    else if (kind === 2) values.push(mul(x, sum(tanh(y))) as Tensor);
    else if (kind === 3) values.push(tanh(matmul(matmul(x, transpose(y)), x)) as Tensor);
    else values.push(tanh(reshape(transpose(add(x, y)), [rows, columns])) as Tensor);
  }
  return values;
}

const step = fc.tuple(fc.nat(4), fc.nat(30), fc.nat(30));

it("programs of many steps alike compute what the interpreter does, their gradients too", () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 6, maxLength: 14 }), (steps) => {
      const loss = (...inputs: Tensor[]): Tensor =>
        sum(tanh(runSteps(steps, inputs).at(-1) as Tensor)) as Tensor;
      const inputs = [matrix(1), matrix(2)] as const;
      for (const f of [
        (...given: Tensor[]) => runSteps(steps, given).slice(2),
        (...given: Tensor[]) => grad(loss, { argnums: [0, 1] as never })(...given),
      ]) {
        const wanted = f(...inputs) as unknown as Tensor[];
        const found = jit(f as never)(...(inputs as never)) as unknown as Tensor[];
        wanted.forEach((one, i) => {
          const { data } = found[i] as Tensor;
          for (let k = 0; k < one.data.length; k++) {
            const error = Math.abs((data[k] as number) - (one.data[k] as number));
            expect(error).toBeLessThan(1e-9 * Math.max(1, Math.abs(one.data[k] as number)));
          }
        });
      }
    }),
    { seed: 5, numRuns: 30 },
  );
});

it("steps of an unrolled loop are called, not written again", () => {
  const unrolled = (steps: number) => (x: Tensor, y: Tensor) => {
    let z = x;
    for (let i = 0; i < steps; i++)
      z = tanh(matmul(matmul(add(mul(z, y), x), transpose(y)), x)) as Tensor;
    return z;
  };
  const length = (steps: number): number =>
    jit(unrolled(steps)).program(matrix(1), matrix(2)).split("\n").length;
  const [few, many] = [length(5), length(25)];
  expect(many - few).toBeLessThan(20 * 12);
  expect(many - few).toBeGreaterThan(20);
});

it("operands that are one tensor, or lie elsewhere in it, are told apart", () => {
  const f = (x: Tensor, y: Tensor) => {
    const step = (a: Tensor, b: Tensor): Tensor => tanh(add(mul(a, b), mul(a, 2))) as Tensor;
    const one = step(x, x);
    const two = step(x, y);
    const three = step(one, two);
    const four = step(three, three);
    return [one, two, three, four, step(four, x), step(y, four), step(y, y)];
  };
  const wanted = f(matrix(3), matrix(4)).map(({ data }) => [...data]);
  const found = jit(f)(matrix(3), matrix(4)).map(({ data }) => [...data]);
  found.forEach((data, i) => {
    data.forEach((value, k) => {
      expect(value).toBeCloseTo(wanted[i]?.[k] as number, 12);
    });
  });
});
