import fc from "fast-check";
import { expect, it } from "vitest";
import { controlFlow, type Program, run, writtenOut } from "../../../test/support/loop-programs.js";
import { orders, type Scalar } from "../../../test/support/orders.js";
import { add, sum, type Tensor, tensor, vmap } from "../../index.js";

const { program } = fc.letrec<{ program: Program; leaf: Program }>((tie) => ({
  leaf: fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({ kind: fc.constant("variable" as const), name: fc.nat(7) }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant("number" as const),
        value: fc.constantFrom(-1.3, -0.4, 0.2, 0.7, 1.1),
      }),
    },
  ),
  program: fc.oneof(
    { maxDepth: 2, depthSize: "max", depthIdentifier: "program" },
    tie("leaf"),
    fc.record({ kind: fc.constantFrom("sin" as const, "cos" as const), of: tie("program") }),
    fc.record({
      kind: fc.constantFrom("add" as const, "multiply" as const, "subtract" as const),
      a: tie("program"),
      b: tie("program"),
    }),
    fc.record({
      kind: fc.constant("scan" as const),
      init: tie("leaf"),
      xs: fc.array(tie("leaf"), { minLength: 1, maxLength: 3 }),
      body: tie("program"),
      out: tie("program"),
      reverse: fc.boolean(),
    }),
    fc.record({
      kind: fc.constant("while" as const),
      init: tie("leaf"),
      bound: tie("leaf"),
      limit: fc.nat(4),
      body: tie("program"),
    }),
    fc.record({
      kind: fc.constant("cond" as const),
      a: tie("leaf"),
      b: tie("leaf"),
      onTrue: tie("program"),
      onFalse: tie("program"),
    }),
    fc.record({
      kind: fc.constant("for" as const),
      times: fc.nat(2),
      a: tie("leaf"),
      b: tie("leaf"),
      init: tie("leaf"),
      body: tie("program"),
    }),
    fc.record({ kind: fc.constant("grad" as const), at: tie("leaf"), body: tie("program") }),
    fc.record({
      kind: fc.constantFrom("jvp" as const, "linearize" as const),
      at: tie("leaf"),
      along: tie("leaf"),
      body: tie("program"),
    }),
    fc.record({ kind: fc.constant("fixed" as const), seed: tie("leaf"), body: tie("program") }),
    fc.record({
      kind: fc.constant("lanes" as const),
      xs: fc.array(tie("leaf"), { minLength: 1, maxLength: 3 }),
      body: tie("program"),
    }),
    fc.record({ kind: fc.constant("checkpoint" as const), of: tie("program") }),
  ),
}));

const points = [0.63, -1.17];

it("random programs of nested loops and branches have the derivatives of the program written out", () => {
  fc.assert(
    fc.property(program, (source) => {
      const own: Scalar = (x) => run(source, [x], controlFlow);
      const plain: Scalar = (x) => run(source, [x], writtenOut);
      for (const [name, derive] of orders) {
        const expected = points.map((x) => derive(plain)(tensor(x) as Tensor).item() as number);
        const alone = points.map((x) => derive(own)(tensor(x) as Tensor).item() as number);
        const mapped = vmap(derive(own))(tensor(points) as Tensor).toArray() as number[];
        expected.forEach((value, i) => {
          const bound = 1e-9 * Math.max(1, Math.abs(value));
          expect(Math.abs((alone[i] as number) - value), name).toBeLessThan(bound);
          expect(Math.abs((mapped[i] as number) - value), `${name}, mapped`).toBeLessThan(bound);
        });
      }
      const lanes: Scalar = (x) =>
        sum(vmap((a: Tensor) => run(source, [x, a], controlFlow))(tensor(points) as Tensor));
      const each: Scalar = (x) =>
        points
          .map((a) => run(source, [x, tensor(a) as Tensor], writtenOut))
          .reduce((total, value) => add(total, value) as Tensor);
      for (const [name, derive] of orders) {
        const x = tensor(0.4) as Tensor;
        const value = derive(each)(x).item() as number;
        const bound = 1e-9 * Math.max(1, Math.abs(value));
        expect(
          Math.abs((derive(lanes)(x).item() as number) - value),
          `${name} of lanes`,
        ).toBeLessThan(bound);
      }
    }),
    { numRuns: 25, seed: 1 },
  );
});
