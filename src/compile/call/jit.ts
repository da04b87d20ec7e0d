import { parameterNode } from "../../core/bind.js";
import { Body } from "../../core/body.js";
import { asTensor } from "../../core/convert.js";
import type { TypedArray } from "../../core/dtype.js";
import { TraceError, ValueError } from "../../core/errors.js";
import type { Node, Tensor } from "../../core/node.js";
import { activeTrace, withTrace } from "../../core/trace.js";
import { flatten, type TreeDefinition } from "../../core/tree.js";
import { formatType } from "../../core/type.js";
import type { TensorLike } from "../../core/typing.js";
import { settle } from "../../simplify/index.js";
import type { AcceptsAll, ResultOf, TreeFunction } from "../../transforms/typing.js";
import { compile, type Fma } from "../compile.js";
import { sameGraph } from "./compare.js";
import { CompiledProgram, tensorsOf } from "./program.js";

export interface JitOptions {
  /** Trace again on each call and throw where the graph is another one: a value read from outside has changed. */
  readonly check?: boolean;
  /** How many signatures are kept, the last used ones. Default 64. */
  readonly cacheSize?: number;
  /**
   * Arguments, counted from 0, whose tensors the caller gives away: results of their types stay in the program's
   * memory, and the next call takes them over from there. A result that went back in so cannot be read any more.
   */
  readonly donate?: number | readonly number[];
  /**
   * "auto" (the default): matrix products and convolutions multiply and add in one rounding where the machine can;
   * "never": the same bits on every machine.
   */
  readonly fma?: Fma;
}

/** Inputs and outputs of a compiled function in its own memory, and how to run it. */
export interface FlatFunction {
  /** One array per leaf of the arguments, to be written before `run`; new ones after memory has grown. */
  readonly inputs: readonly TypedArray[];
  /** One array per leaf of the result, to be read after `run`. */
  readonly outputs: readonly TypedArray[];
  run(): void;
}

/** A compiled function: called as the function itself, or without allocating anything. */
export interface JitFunction<F extends TreeFunction> {
  <A extends AcceptsAll<Parameters<F>>>(...args: A): ResultOf<A, ReturnType<F>>;
  (...args: Parameters<F>): ResultOf<Parameters<F>, ReturnType<F>>;
  /**
   * Runs the function and writes its results into `outputs`: a typed array for each leaf, in the structure of the
   * result. Throws TreeError or ShapeError where they do not fit.
   */
  into(outputs: unknown, ...args: AcceptsAll<Parameters<F>>): void;
  /**
   * A program of its own for arguments of these types, as arrays in its memory: for loops in which nothing may be
   * allocated. Compiles at each call.
   */
  flat(...examples: AcceptsAll<Parameters<F>>): FlatFunction;
  /** The text of the program for arguments of these types. */
  program(...examples: AcceptsAll<Parameters<F>>): string;
}

/**
 * `f` as one WebAssembly program, compiled at the first call for each structure, shapes and dtypes of arguments.
 * Inside, numbers and tensors are tensors without values: use where, cond and loops instead of JavaScript control
 * flow on values. A boolean is itself, and each of the two has a program of its own. What `f` reads from outside is a
 * constant of the program. Inside another transform it is `f` itself.
 *
 * Throws what `f` throws while it is traced, and at a call what its operations throw (an index out of range).
 */
export function jit<F extends TreeFunction>(f: F, options: JitOptions = {}): JitFunction<F> {
  const compiled = new Jit(f, options);
  const call = (...args: unknown[]): unknown => compiled.call(args);
  return Object.assign(call, {
    into: (outputs: unknown, ...args: unknown[]) => compiled.into(outputs, args),
    flat: (...examples: unknown[]) => compiled.flat(examples),
    program: (...examples: unknown[]) => String(compiled.programFor(examples).executable),
  }) as never;
}

interface Cached {
  readonly program: CompiledProgram;
  readonly traced: TracedCall;
}

/** What one compiled program is for. */
interface Signature {
  readonly args: readonly unknown[];
  readonly leaves: readonly unknown[];
  /** Of the leaves; none for booleans, which are themselves while the function is traced. */
  readonly tensors: readonly (Tensor | undefined)[];
  readonly definition: TreeDefinition;
  readonly key: string;
}

interface TracedCall {
  readonly body: Body;
  readonly outputTree: TreeDefinition;
}

function sameCall(a: TracedCall, b: TracedCall): boolean {
  return a.outputTree.text === b.outputTree.text && sameGraph(a.body, b.body);
}

class Jit {
  private readonly f: TreeFunction;
  private readonly check: boolean;
  private readonly cacheSize: number;
  private readonly donate: readonly number[];
  private readonly fma: Fma;
  /** By signature, the last used one last. */
  private readonly cache = new Map<string, Cached>();
  private last: Cached | undefined;

  constructor(
    f: TreeFunction,
    { check = false, cacheSize = 64, donate = [], fma = "auto" }: JitOptions,
  ) {
    if (typeof f !== "function") refuse("a function", typeof f);
    if (!Number.isSafeInteger(cacheSize) || cacheSize < 1)
      refuse("cacheSize: a whole number ≥ 1", cacheSize);
    this.donate = typeof donate === "number" ? [donate] : donate;
    for (const argnum of this.donate)
      if (!Number.isSafeInteger(argnum) || argnum < 0)
        refuse("donate: arguments counted from 0", argnum);
    if (fma !== "auto" && fma !== "never") refuse('fma: "auto" or "never"', fma);
    this.f = f;
    this.fma = fma;
    this.check = check;
    this.cacheSize = cacheSize;
  }

  call(args: readonly unknown[]): unknown {
    if (activeTrace !== null) return this.f(...args);
    const program = this.accepting(args);
    program.run();
    return program.results();
  }

  into(outputs: unknown, args: readonly unknown[]): void {
    const program = this.accepting(args);
    const put = program.putFor(outputs);
    program.run();
    put.write(outputs);
  }

  flat(examples: readonly unknown[]): FlatFunction {
    const { program } = this.build(this.signatureOf(examples));
    return {
      get inputs() {
        return program.inputArrays();
      },
      get outputs() {
        return program.outputArrays();
      },
      run: () => program.run(),
    };
  }

  /** The program for these arguments, which are in its memory then. */
  private accepting(args: readonly unknown[]): CompiledProgram {
    const { last } = this;
    if (last !== undefined && !this.check && last.program.accept(args)) return last.program;
    const program = this.programFor(args);
    if (!program.accept(args)) throw new Error("jit: own arguments refused");
    return program;
  }

  programFor(args: readonly unknown[]): CompiledProgram {
    const signature = this.signatureOf(args);
    const { key } = signature;
    let cached = this.cache.get(key);
    if (cached === undefined) {
      cached = this.build(signature);
    } else {
      if (this.check && !sameCall(cached.traced, this.trace(signature)))
        throw new TraceError("jit", {
          expected: "the same graph at every call (check: true)",
          received: "another one: a value that the function reads from outside has changed",
          fix: "pass the value as an argument",
        });
      this.cache.delete(key);
    }
    this.cache.set(key, cached);
    if (this.cache.size > this.cacheSize)
      this.cache.delete(this.cache.keys().next().value as string);
    this.last = cached;
    return cached.program;
  }

  private signatureOf(args: readonly unknown[]): Signature {
    const { leaves, definition } = flatten(args, "jit");
    const tensors = leaves.map((leaf) =>
      typeof leaf === "boolean" ? undefined : asTensor(leaf as TensorLike, "jit"),
    );
    const types = leaves.map((leaf, i) => {
      const type = tensors[i]?.type;
      if (type === undefined) return String(leaf);
      return `${formatType(type)}:${typeof leaf === "object" ? leaf?.constructor.name : typeof leaf}`;
    });
    return { args, leaves, tensors, definition, key: `${definition.text} ${types.join()}` };
  }

  private build(signature: Signature): Cached {
    const { args, leaves } = signature;
    const traced = this.trace(signature);
    const { body, outputTree } = traced;
    const executable = compile(body, { fma: this.fma });
    const program = new CompiledProgram({
      executable,
      examples: args,
      outputTree,
      leaves: body.outputs.map(({ type }) => type as Tensor["type"]),
      allNumbers: leaves.every((leaf) => typeof leaf === "number" || typeof leaf === "boolean"),
      donated: this.donatedInputs(signature),
    });
    return { program, traced };
  }

  private donatedInputs({ args, leaves, definition }: Signature): ReadonlySet<number> {
    const count = args.length;
    const missing = this.donate.find((argnum) => argnum >= count);
    if (missing !== undefined) refuse(`donate: arguments from 0 to ${count - 1}`, missing);
    const roots = this.donate.map((argnum) => `[${argnum}]`);
    const paths = definition.paths.filter((_, i) => typeof leaves[i] !== "boolean");
    return new Set(
      paths.flatMap((path, i) => (roots.includes(/^\[\d+\]/.exec(path)?.[0] ?? "") ? [i] : [])),
    );
  }

  private trace({ leaves, tensors, definition }: Signature): TracedCall {
    return withTrace("jit", (trace) => {
      trace.settle = settle;
      const inputs: Node[] = [];
      const given = tensors.map((tensor, i) => {
        if (tensor === undefined) return leaves[i];
        const input = parameterNode(tensor.type, trace, nameOf(definition.paths[i] ?? "", i));
        inputs.push(input);
        return input;
      });
      const result = this.f(...(definition.unflatten(given) as unknown[]));
      const flat = flatten(result, "jit");
      const body = new Body(inputs, tensorsOf(flat.leaves));
      refuseLeaked(body);
      return { body, outputTree: flat.definition };
    });
  }
}

function refuse(expected: string, received: unknown): never {
  throw new ValueError("jit", { expected, received: String(received) });
}

/** `[0].layer.w` → `layer.w`, `[1]` → `x1`. */
function nameOf(path: string, at: number): string {
  const keys = path.replace(/^\[\d+\]\.?/, "");
  return keys === "" ? `x${at}` : keys;
}

/** Everything but constants must come from the arguments. */
function refuseLeaked({ nodes }: Body): void {
  for (let i = 0; i < nodes.length; i++) {
    const node = nodes[i] as Node;
    if (node.depth === 0 || node.inputs.length > 0) continue;
    throw new TraceError("jit", {
      expected: "a function of its arguments and constants",
      received: `one that reads a tensor of the ${node.trace?.name ?? "function"} around it`,
      fix: "pass that tensor as an argument",
    });
  }
}
