import { describe, expect, it } from "vitest";
import { type Columns, readCsv } from "./csv.js";
import { Failure } from "./failure.js";

const read = (text: string, columns?: Columns) => {
  const { features, target, x, y } = readCsv(text, "data.csv", columns);
  return { features, target, x: [...x], y: [...y] };
};

/** The message in English, after the exit code. */
function complaint(text: string, columns?: Columns): string {
  try {
    readCsv(text, "data.csv", columns);
  } catch (error) {
    if (error instanceof Failure) return [error.exitCode, error.text.en, error.fix?.en].join(" | ");
    throw error;
  }
  return "none";
}

describe("readCsv", () => {
  it("takes the last column as the target and the others as features", () => {
    expect(read("a,b,y\n1,2,3\n4,5,6\n")).toEqual({
      features: ["a", "b"],
      target: "y",
      x: [1, 2, 4, 5],
      y: [3, 6],
    });
  });

  it("or those chosen, in that order, whatever the others hold", () => {
    const { features, target, x, y } = read("name,a,y,b\nAnna,1,2,3\n", {
      target: "y",
      features: ["b", "a"],
    });
    expect([features, target, x, y]).toEqual([["b", "a"], "y", [3, 1], [2]]);
  });

  it("understands semicolons, tabs, quotes, spaces, empty lines, CRLF and a byte order mark", () => {
    const expected = { features: ["a b"], target: "y", x: [1, -2.5], y: [2e-3, 4] };
    expect(read("\uFEFFa b;y\r\n1;2e-3\r\n\r\n-2.5;+4.\r\n")).toEqual(expected);
    expect(read('"a b"\ty\n"1" \t .002\n-2.5\t4')).toEqual(expected);
  });

  it("takes a comma before decimals where something else separates the cells and no number has a point", () => {
    const expected = { features: ["a"], target: "y", x: [1.5, -0.25], y: [2, 3000] };
    expect(read("a;y\n1,5;2\n\u22120,25;3e3\n")).toEqual(expected);
    expect(read('a\ty\n"1,5"\t2\n-,25\t3000\n')).toEqual(expected);
    expect(read("1,5;2\n-0,25;3000\n")).toEqual({ ...expected, features: ["x1"], target: "x2" });
  });

  it("drops the empty cells that a separator at the end of each row leaves", () => {
    const expected = { features: ["a"], target: "y", x: [1, 3], y: [2, 4] };
    expect(read("a,y,\n1,2,\n3,4,,\n")).toEqual(expected);
  });

  it("names the columns itself where the first row is numbers", () => {
    expect(read("1,2\n3,4\n")).toEqual({ features: ["x1"], target: "x2", x: [1, 3], y: [2, 4] });
  });

  it.each([
    [
      "a,y\n1,2\n3,x\n",
      "4 | data.csv, row 3, column 'y': 'x' is not a number | choose the columns",
    ],
    ["a,y\n1,2\n\n,4\n", "4 | data.csv, row 4, column 'a': the cell is empty"],
    [
      "a;y\n1,5;2\n1.5;2\n",
      "4 | data.csv, row 2, column 'a': '1,5' is not a number | decimals use a point",
    ],
    [
      'a,y\n"1,5",2\n',
      "4 | data.csv, row 2, column 'a': '1,5' is not a number | decimals use a point",
    ],
    ["a,y\n1,2\n3\n", "4 | data.csv, row 3: expected 2 cells, got 1"],
    ["a,y\n1,2,3\n", "4 | data.csv, row 2: expected 2 cells, got 3"],
    ["a,y\nNaN,1\n", "row 2, column 'a': 'NaN' is not a number"],
    ["a,y\n1e999,1\n", "row 2, column 'a': '1e999' is not a number"],
    ["a,y\n0x10,1\n", "row 2, column 'a': '0x10' is not a number"],
    ["a,y\n", "4 | data.csv has names but no rows of numbers"],
    ["", "4 | data.csv is empty"],
    [" \n\n", "4 | data.csv is empty"],
    ["a\n1\n", "4 | data.csv has one column only"],
    ["a,,y\n1,2,3\n", "4 | data.csv, row 1: column 2 has no name"],
    ["a,a,y\n1,2,3\n", "4 | data.csv, row 1: two columns are called 'a'"],
    ['a,y\n"1,2\n', "4 | data.csv, row 2: a quote is not closed"],
  ])("refuses %j with row and column", (text, message) => {
    expect(complaint(text)).toContain(message);
  });

  it("a column that is not there is a matter of the command line", () => {
    expect(complaint("area,price\n1,2\n", { target: "prise" })).toBe(
      "2 | the data have no column 'prise' | did you mean price?",
    );
    expect(complaint("area,price\n1,2\n", { features: ["zzz"] })).toBe(
      "2 | the data have no column 'zzz' | their columns: area, price",
    );
  });
});
