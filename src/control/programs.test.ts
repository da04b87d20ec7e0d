import fc from "fast-check";
import { expect, it } from "vitest";
import { controlFlow, run, writtenOut } from "../../test/support/loop-programs.js";
import { orders, type Scalar } from "../../test/support/orders.js";
import { program } from "../../test/support/random-programs.js";
import { add, sum, type Tensor, tensor, vmap } from "../index.js";

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
