import { describe, expect, it } from "vitest";
import { decodeData } from "./decode.js";

const text = "a;y\n1,5;2\n";
const utf16 = (given: string, little: boolean): Uint8Array =>
  Uint8Array.from(
    [...given].flatMap((letter) => {
      const code = letter.codePointAt(0) as number;
      return little ? [code & 255, code >> 8] : [code >> 8, code & 255];
    }),
  );

describe("decodeData", () => {
  it("reads UTF-8, and UTF-16 of either order with a mark or without", () => {
    expect(decodeData(new TextEncoder().encode("цена,y\n1,2\n"), "d.csv")).toBe("цена,y\n1,2\n");
    for (const little of [true, false]) {
      expect(decodeData(utf16(text, little), "d.csv")).toBe(text);
      expect(decodeData(utf16(`\uFEFFцена${text}`, little), "d.csv")).toBe(`цена${text}`);
    }
  });

  it("reads what is no UTF-8 as the code page of Cyrillic Windows", () => {
    const bytes = Uint8Array.from([0xf6, 0xe5, 0xed, 0xe0, 0x2c, 0x79]);
    expect(decodeData(bytes, "d.csv")).toBe("цена,y");
  });

  it("refuses what is no text", () => {
    const workbook = Uint8Array.from([0x50, 0x4b, 3, 4, 0x14, 0, 6, 0, 8, 0, 0, 0, 0x21, 0]);
    expect(() => decodeData(workbook, "book.xlsx")).toThrow("book.xlsx is not a text file");
    expect(decodeData(new Uint8Array(0), "d.csv")).toBe("");
  });
});
