import { readdirSync } from "node:fs";
import { expect, it } from "vitest";
import * as cotangent from "../../src/index.js";
import { operations, type Primitive } from "../../src/index.js";

const sources = new URL("../../src/", import.meta.url);
const files = readdirSync(sources, { recursive: true, encoding: "utf8" }).filter(
  (file) => /^(ops|control)\b.*\.ts$/.test(file) && !file.endsWith(".test.ts"),
);

function asPrimitive(value: unknown): Primitive | undefined {
  const candidate = typeof value === "function" && "op" in value ? value.op : value;
  return typeof candidate === "object" && candidate !== null && "derivative" in candidate
    ? (candidate as Primitive)
    : undefined;
}

/** Every operation object that a file of src/ops or src/control exports, with the name it is exported by. */
const exported: { key: string; file: string; operation: Primitive }[] = [];
for (const file of files) {
  const module: Record<string, unknown> = await import(new URL(file, sources).href);
  for (const [key, value] of Object.entries(module)) {
    const operation = asPrimitive(value);
    if (operation !== undefined) exported.push({ key, file, operation });
  }
}

it("every operation is exported by its name, with Op behind it or described in front; aliases come on top", () => {
  const keys = new Map<Primitive, Set<string>>();
  for (const { key, operation } of exported)
    keys.set(operation, (keys.get(operation) ?? new Set()).add(key));
  const wrong = [...keys].filter(([{ name }, names]) => {
    const described = `described${name.charAt(0).toUpperCase()}${name.slice(1)}`;
    return ![name, `${name}Op`, described].some((key) => names.has(key));
  });
  expect(wrong.map(([{ name }, names]) => `${name} as ${[...names]}`)).toEqual([]);
});

it("no operation is exported by the name of another", () => {
  const names = new Map(operations.map((operation) => [operation.name, operation]));
  const wrong = exported.filter(
    ({ key, operation }) => (names.get(key) ?? operation) !== operation,
  );
  expect(wrong.map(({ key, operation }) => `${operation.name} as ${key}`)).toEqual([]);
});

it("every operation that is exported is in the list, once", () => {
  const listed = new Set(operations);
  expect(exported.filter(({ operation }) => !listed.has(operation)).map(({ key }) => key)).toEqual(
    [],
  );
  expect(listed.size).toBe(operations.length);
  const found = new Set(exported.map(({ operation }) => operation));
  expect(operations.filter((operation) => !found.has(operation)).map(({ name }) => name)).toEqual(
    [],
  );
});

it("the public function of an operation's name is that operation's", () => {
  const functions: Record<string, unknown> = { ...cotangent };
  const wrong = operations.filter((operation) => {
    const own = asPrimitive(functions[operation.name]);
    return own !== undefined && own !== operation;
  });
  expect(wrong.map(({ name }) => name)).toEqual([]);
});
