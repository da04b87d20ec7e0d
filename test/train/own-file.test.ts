import { expect, test } from "vitest";
import { OwnFile } from "../../playground/src/train/own-file.js";
import { defaultsOf } from "../../playground/src/train/setup.js";

const setup = { ...defaultsOf("own"), target: "y" };

test("of many rows, those used are a sample: in order, the same each time, and of no period", () => {
  const lines = Array.from({ length: 200_000 }, (_, i) => `${i % 100},${i},${i}`);
  const read = () => new OwnFile(`a,i,y\n${lines.join("\n")}\n`, "periodic.csv").dataset(setup);
  const { x, y } = read();
  expect(y).toHaveLength(2000);
  expect(Array.from(y).every((row, i) => i === 0 || row > (y[i - 1] as number))).toBe(true);
  // each hundredth part of the rows has 20 in the sample on average, with a deviation of 4.4
  const phases = new Array<number>(100).fill(0);
  const parts = new Array<number>(100).fill(0);
  for (const row of y) {
    phases[row % 100] = (phases[row % 100] as number) + 1;
    parts[Math.floor(row / 2000)] = (parts[Math.floor(row / 2000)] as number) + 1;
  }
  for (const count of [...phases, ...parts]) {
    expect(count).toBeGreaterThan(2);
    expect(count).toBeLessThan(42);
  }
  expect(Array.from(y, (row) => row % 100)).toEqual(Array.from(y, (_, i) => x[2 * i]));
  expect(read().y).toEqual(y);
});

test("a file of 2000 rows is used whole", () => {
  const lines = Array.from({ length: 2000 }, (_, i) => `${i},${i}`);
  const { y } = new OwnFile(`a,y\n${lines.join("\n")}\n`, "all.csv").dataset(setup);
  expect(y).toEqual(Float64Array.from({ length: 2000 }, (_, i) => i));
});
