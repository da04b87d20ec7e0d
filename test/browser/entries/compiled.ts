import {
  add,
  grad,
  jit,
  mul,
  operations,
  scan,
  sin,
  square,
  sub,
  sum,
  type Tensor,
  tanh,
  tensor,
  valueAndGrad,
} from "cotangent";
import { conformance } from "cotangent/testing";
import { exceptions } from "../../conformance/exceptions.js";
import { type Check, report } from "../report.js";

function same(actual: unknown, expected: unknown): void {
  const [a, e] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (a !== e) throw new Error(`expected ${e}, got ${a}`);
}

function near(actual: number, expected: number): void {
  if (!(Math.abs(actual - expected) <= 1e-12 * Math.abs(expected)))
    throw new Error(`expected ${expected}, got ${actual}`);
}

const lecture = ({ a, b, d, e }: Record<"a" | "b" | "d" | "e", Tensor>): Tensor =>
  square(mul(add(a, e), sub(b, d)));

const checks: Check[] = [
  {
    name: "the lecture's value and partials come out compiled",
    run: () =>
      same(jit(valueAndGrad(lecture))({ a: 23, b: 2, d: 7, e: -5 }), [
        8100,
        { a: 900, b: -3240, d: 3240, e: 900 },
      ]),
  },
  {
    name: "third derivatives compile",
    run: () => near(Number(jit(grad(grad(grad((x: Tensor) => sin(x)))))(1)), -Math.cos(1)),
  },
  {
    name: "gradients of vectors through loops compile",
    run: () => {
      const f = (x: Tensor): Tensor =>
        sum(
          scan((c: Tensor, _: undefined) => [tanh(c) as Tensor, undefined], x, undefined, {
            length: 3,
          })[0],
        );
      const x = tensor(Array.from({ length: 37 }, (_, i) => i / 37 + 0.1)) as Tensor;
      const expected = grad(f)(x) as Tensor;
      const actual = jit(grad(f))(x) as Tensor;
      actual.data.forEach((value, i) => {
        near(value, expected.data[i] as number);
      });
    },
  },
];

/** Every function compiled: its result must be the interpreter's. */
const compiled = (f: (...xs: Tensor[]) => Tensor[]) => {
  const call = jit(f as never) as unknown as (...xs: Tensor[]) => Tensor[];
  return (...xs: Tensor[]) => call(...xs);
};

for (const { name, run } of conformance(operations, { exceptions, implementation: compiled }))
  if (name.endsWith(": value"))
    checks.push({
      name,
      run: () => {
        run();
      },
    });

await report(checks);
