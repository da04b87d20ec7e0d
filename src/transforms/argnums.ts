import { isFloat } from "../core/dtype.js";
import { DTypeError, ValueError } from "../core/errors.js";
import { Node, type Tensor } from "../core/node.js";
import { fromFront } from "../core/shape.js";
import { describeValue, flatten, type TreeDefinition } from "../core/tree.js";
import { formatType } from "../core/type.js";
import { type Arguments, present } from "./functions.js";
import type { TreeFunction } from "./typing.js";

/** One argument, or several, counted from 0; negative numbers count from the end. */
export type Argnums = number | readonly number[];

export interface GradOptions<N extends Argnums = Argnums> {
  /** Which argument or arguments to differentiate by, counted from 0; the first unless given. */
  readonly argnums?: N;
}

export interface AuxOptions<N extends Argnums = Argnums> extends GradOptions<N> {
  /** The function returns `[value, aux]`: only `value` is differentiated, `aux` (any tree) is handed out. */
  readonly hasAux: true;
}

export interface AnyOptions extends GradOptions {
  readonly hasAux?: boolean;
}

/** The arguments to differentiate by: their leaves, and the tree they make. */
export interface Wanted {
  /** Positions among the leaves of all arguments, argument by argument. */
  readonly positions: readonly number[];
  readonly definition: TreeDefinition;
  /** Which came as plain numbers. */
  readonly numbers: readonly boolean[];
}

/** The leaves `argnums` choose; throws ValueError for arguments that are not there, DTypeError for integers. */
export function chooseArguments(
  operation: string,
  argnums: Argnums | undefined,
  args: Arguments,
  values: readonly unknown[],
): Wanted {
  const count = values.length;
  const chosen = (isList(argnums) ? argnums : [argnums ?? 0]).map((argnum) => {
    const found = fromFront(argnum, count);
    if (found !== undefined) return found;
    throw new ValueError(operation, {
      expected: count === 0 ? "at least one argument" : `argnums from 0 to ${count - 1}`,
      received: String(argnum),
    });
  });
  // paths begin with the number of the argument, in brackets
  const owners = args.definition.paths.map((path) => Number.parseInt(path.slice(1), 10));
  const positions = chosen.flatMap((argnum) =>
    owners.flatMap((owner, at) => (owner === argnum ? [at] : [])),
  );
  for (const at of positions) requireFloat(operation, args, at);
  const tree = chosen.map((argnum) => values[argnum]);
  return {
    positions,
    definition: flatten(isList(argnums) ? tree : tree[0], operation).definition,
    numbers: positions.map((at) => args.numbers[at] === true),
  };
}

function isList(argnums: Argnums | undefined): argnums is readonly number[] {
  return typeof argnums === "object";
}

function requireFloat(operation: string, args: Arguments, at: number): void {
  const leaf = args.leaves[at] as Tensor;
  if (isFloat(leaf.dtype)) return;
  throw new DTypeError(operation, {
    expected: "float tensors to differentiate by",
    received: `${formatType(leaf.type)} at argument ${args.definition.paths[at]}`,
    fix: 'choose other `argnums`, close over it, or cast it to "f32" or "f64"',
  });
}

/** What a function returned beside its value, taken apart so that its tensors can leave the trace. */
export interface Aux {
  readonly nodes: readonly Node[];
  /** The tree again, with the tensors as they left; `asNumbers`: scalars as numbers. */
  restore(nodes: readonly Node[], asNumbers: boolean): unknown;
}

/** `f` without its aux, and what that was in the last call. */
export function withAux(
  operation: string,
  f: TreeFunction,
  hasAux: boolean | undefined,
): { main: (...args: never[]) => unknown; aux(): Aux } {
  let aux: unknown;
  return {
    main: (...args) => {
      const result = f(...args);
      if (hasAux !== true) return result;
      if (!Array.isArray(result) || result.length !== 2) {
        throw new ValueError(operation, {
          expected: "[value, aux] (hasAux is set)",
          received: describeValue(result),
        });
      }
      aux = result[1];
      return result[0];
    },
    aux: () => {
      const { leaves, definition } = flatten(aux, operation);
      return {
        nodes: leaves.filter((leaf) => leaf instanceof Node),
        restore: (nodes, asNumbers) => {
          let next = 0;
          const restored = leaves.map((leaf) =>
            leaf instanceof Node ? present(nodes[next++] as Tensor, asNumbers) : leaf,
          );
          return definition.unflatten(restored);
        },
      };
    },
  };
}
