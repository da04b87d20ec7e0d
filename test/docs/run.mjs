// Runs instrumented examples one after the other: `node run.mjs MANIFEST`, where MANIFEST is a JSON
// list of module paths. Writes what failed, per module, to MANIFEST + ".result".
import { readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { format, inspect } from "node:util";

/** @typedef {import("./pattern.js").Pattern} Pattern */
/** @typedef {NonNullable<Pattern["value"]>} ValuePattern */
/** @typedef {{ line: number, message: string }} Failure */

const manifest = process.argv[2] ?? "";
/** @type {string[]} */
const modules = JSON.parse(readFileSync(manifest, "utf8"));
/** @type {Failure[][]} */
const results = [];
/** @type {Failure[]} */
let failures = [];

Object.assign(globalThis, { __example: { equals, throws, shown } });
console.log = () => {};

for (const path of modules) {
  failures = [];
  try {
    await import(pathToFileURL(path).href);
  } catch (error) {
    const stack = error instanceof Error ? `\n${error.stack}` : "";
    failures.push({ line: 0, message: `uncaught ${error}${stack}` });
  }
  results.push(failures);
}
writeFileSync(`${manifest}.result`, JSON.stringify(results));

/**
 * @param {() => unknown} compute
 * @param {Pattern} pattern
 * @param {number} line
 */
function equals(compute, pattern, line) {
  return settle(
    compute,
    (value) => {
      if (!matches(value, pattern)) {
        failures.push({ line, message: `expected ${pattern.text}, got ${show(value)}` });
      }
      return value;
    },
    (error) => {
      throw error;
    },
  );
}

/**
 * @param {() => unknown} compute
 * @param {Pattern} pattern
 * @param {number} line
 */
function throws(compute, pattern, line) {
  return settle(
    compute,
    (value) => {
      failures.push({ line, message: `expected an error, got ${show(value)}` });
    },
    (error) => {
      const message = error instanceof Error ? error.message : String(error);
      if (!message.includes(pattern.text)) {
        failures.push({
          line,
          message: `expected an error with '${pattern.text}', got '${message}'`,
        });
      }
    },
  );
}

/**
 * @param {() => unknown} compute
 * @param {(value: unknown) => unknown} onValue
 * @param {(error: unknown) => unknown} onError
 */
function settle(compute, onValue, onError) {
  let value;
  try {
    value = compute();
  } catch (error) {
    return onError(error);
  }
  return value instanceof Promise ? value.then(onValue, onError) : onValue(value);
}

/**
 * What `console.log(...values)` would show.
 * @param {...unknown} values
 */
function shown(...values) {
  return values.length === 1 ? values[0] : format(...values);
}

/**
 * @param {unknown} value
 * @param {Pattern} pattern
 */
function matches(value, { text, value: expected }) {
  if (expected !== undefined && same(value, expected)) return true;
  return typeof value !== "number" && show(value).trim() === text.trim();
}

/**
 * @param {unknown} actual
 * @param {ValuePattern} expected
 * @returns {boolean}
 */
function same(actual, expected) {
  const value = plain(actual);
  switch (expected.kind) {
    case "number":
      if (typeof value !== "number") return false;
      return expected.cut
        ? String(value).startsWith(expected.digits)
        : value === Number(expected.digits);
    case "bigint":
      return typeof value === "bigint" && value === BigInt(expected.text);
    case "string":
      return value === expected.text;
    case "literal":
      return (
        (typeof value !== "object" || value === null) &&
        typeof value !== "string" &&
        String(value) === expected.text
      );
    case "array":
      return (
        Array.isArray(value) &&
        value.length === expected.items.length &&
        expected.items.every((item, i) => same(value[i], item))
      );
    case "object": {
      if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
      const object = /** @type {Record<string, unknown>} */ (value);
      return (
        Object.keys(object).length === expected.entries.length &&
        expected.entries.every(
          ([key, item]) => Object.hasOwn(object, key) && same(object[key], item),
        )
      );
    }
  }
}

/**
 * Tensors and typed arrays as nested arrays.
 * @param {unknown} value
 * @returns {unknown}
 */
function plain(value) {
  if (ArrayBuffer.isView(value)) return Array.from(/** @type {Float64Array} */ (value));
  if (
    typeof value === "object" &&
    value !== null &&
    "toArray" in value &&
    typeof value.toArray === "function"
  ) {
    return value.toArray();
  }
  return value;
}

/** @param {unknown} value */
function show(value) {
  if (typeof value === "string") return value;
  const own =
    typeof value === "object" &&
    value !== null &&
    value.toString !== Object.prototype.toString &&
    !Array.isArray(value);
  return own ? String(value) : inspect(plain(value), { depth: 8, breakLength: Infinity });
}
