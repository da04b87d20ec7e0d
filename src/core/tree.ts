import { TreeError } from "./errors.js";
import { Node } from "./node.js";

/** Arrays and plain objects of leaves, to any depth. `null` and `undefined` are trees without leaves. */
export type Tree<Leaf> =
  | Leaf
  | readonly Tree<Leaf>[]
  | { readonly [key: string]: Tree<Leaf> }
  | null
  | undefined;

/** The shape of a tree: how to put leaves back, and a text equal for equal structures. */
export interface TreeDefinition {
  readonly size: number;
  /** Structure as text, keys sorted, `*` for a leaf. */
  readonly text: string;
  /** Path of each leaf, like `.layers[0].w`. */
  readonly paths: readonly string[];
  unflatten(leaves: readonly unknown[]): unknown;
}

type Rebuild = (leaves: readonly unknown[], next: { at: number }) => unknown;

/** Leaves in a fixed order (keys sorted) and the definition that puts them back in the original key order. */
export function flatten(
  tree: unknown,
  operation = "tree",
): { leaves: unknown[]; definition: TreeDefinition } {
  const leaves: unknown[] = [];
  const paths: string[] = [];
  const { text, rebuild } = walk(tree, "", operation, (leaf, path) => {
    leaves.push(leaf);
    paths.push(path);
  });
  return {
    leaves,
    definition: {
      size: leaves.length,
      text,
      paths,
      unflatten: (values) => rebuild(values, { at: 0 }),
    },
  };
}

function walk(
  tree: unknown,
  path: string,
  operation: string,
  visit: (leaf: unknown, path: string) => void,
): { text: string; rebuild: Rebuild } {
  if (isLeaf(tree)) {
    visit(tree, path);
    return { text: "*", rebuild: (values, next) => values[next.at++] };
  }
  if (tree === null || tree === undefined) return { text: String(tree), rebuild: () => tree };
  if (Array.isArray(tree)) {
    const parts = tree.map((child, i) => walk(child, `${path}[${i}]`, operation, visit));
    return {
      text: `[${parts.map((part) => part.text).join(",")}]`,
      rebuild: (values, next) => {
        const built = new Array<unknown>(parts.length);
        for (let i = 0; i < parts.length; i++) built[i] = parts[i]?.rebuild(values, next);
        return built;
      },
    };
  }
  if (isPlainObject(tree)) {
    const keys = Object.keys(tree).sort();
    const parts = keys.map((key) => walk(tree[key], `${path}.${key}`, operation, visit));
    return {
      text: `{${keys.map((key, i) => `${JSON.stringify(key)}:${parts[i]?.text}`).join(",")}}`,
      rebuild: rebuildObject(Object.keys(tree), keys, parts),
    };
  }
  throw new TreeError(operation, {
    expected: "tensors and numbers in arrays and plain objects",
    received: `${describeValue(tree)}${path === "" ? "" : ` at ${path}`}`,
  });
}

/** Copying an object that has the keys already is several times faster than adding them to an empty one. */
function rebuildObject(
  order: readonly string[],
  keys: readonly string[],
  parts: readonly { readonly rebuild: Rebuild }[],
): Rebuild {
  // a fraction, so that engines make room for numbers of any kind
  const template = Object.fromEntries(order.map((key) => [key, 0.5 as unknown]));
  return (values, next) => {
    const built = { ...template };
    for (let i = 0; i < keys.length; i++)
      built[keys[i] as string] = parts[i]?.rebuild(values, next);
    return built;
  };
}

/** Tensors, numbers, booleans and typed arrays. */
function isLeaf(value: unknown): boolean {
  return (
    value instanceof Node ||
    typeof value === "number" ||
    typeof value === "boolean" ||
    ArrayBuffer.isView(value)
  );
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** What a value is, for messages. */
export function describeValue(value: unknown): string {
  if (value === null) return "null";
  if (typeof value === "string")
    return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
  if (typeof value === "function")
    return `a function${value.name === "" ? "" : ` (${value.name})`}`;
  if (Array.isArray(value))
    return value.length === 0 ? "an empty array" : `an array of ${value.length}`;
  if (isPlainObject(value)) return "an object";
  if (typeof value === "object") return `an instance of ${value.constructor?.name || "a class"}`;
  return String(value);
}

/** The tree with `map` applied to each leaf. */
export function treeMap(map: (leaf: unknown, path: string) => unknown, tree: unknown): unknown {
  const { leaves, definition } = flatten(tree);
  return definition.unflatten(leaves.map((leaf, i) => map(leaf, definition.paths[i] as string)));
}

/** Throws TreeError unless both definitions have the same structure. */
export function checkSameTree(
  operation: string,
  what: string,
  expected: TreeDefinition,
  received: TreeDefinition,
): void {
  if (expected.text === received.text) return;
  throw new TreeError(operation, {
    expected: `${what} of structure ${expected.text}`,
    received: received.text,
  });
}
