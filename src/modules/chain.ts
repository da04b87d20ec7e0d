import { add, ValueError } from "../index.js";
import type { Module } from "./module.js";
import type { Value } from "./plan.js";

/** A module and the names of the values it takes. */
export type Step = readonly [module: Module, ...from: string[]];

/** One `+=` of the backward pass: what the module of `to` adds to the derivative by `from`. */
export interface Addition {
  readonly from: string;
  readonly to: string;
  /** Which input of the module. */
  readonly position: number;
  /** Derivative by the module's result, as it arrived. */
  readonly upstream: Value;
  readonly contribution: Value;
  readonly total: Value;
}

/**
 * Modules wired by names, each step after those it reads; the last one is the result. Names that no step makes are
 * inputs:
 *
 *     const f = new Chain({
 *       u: [new Add(), "a", "e"],
 *       v: [new Sub(), "b", "d"],
 *       h: [new Prod(), "u", "v"],
 *       f: [new Square(), "h"],
 *     });
 *
 * `forward` runs the modules in order, `backward` in reverse, adding up where a value is used more than once.
 */
export class Chain {
  /** Names of the inputs, in order of their first use. */
  readonly inputs: readonly string[];
  private readonly steps: readonly (readonly [string, Step])[];
  private known: ReadonlyMap<string, Value> = new Map();
  private log: readonly Addition[] = [];

  /** Throws ValueError for no steps, for a name read before it is made and for a module that stands twice. */
  constructor(steps: Readonly<Record<string, Step>>) {
    this.steps = Object.entries(steps);
    if (this.steps.length === 0)
      throw new ValueError("Chain", { expected: "at least one step", received: "none" });
    const made = new Set<string>();
    const modules = new Set<Module>();
    const inputs = new Set<string>();
    for (const [name, [module, ...from]] of this.steps) {
      if (modules.has(module)) {
        throw new ValueError("Chain", {
          expected: "a module of its own for every step",
          received: `one that stands twice, again at ${name}`,
          fix: "make another: it keeps one cache",
        });
      }
      modules.add(module);
      for (const read of from) {
        if (made.has(read)) continue;
        if (!Object.hasOwn(steps, read)) inputs.add(read);
        else {
          throw new ValueError("Chain", {
            expected: `a step that makes ${read} before ${name} reads it`,
            received: read === name ? `${name} reading itself` : `${read} after ${name}`,
            fix: "put the steps in the order they run",
          });
        }
      }
      made.add(name);
    }
    this.inputs = [...inputs];
  }

  /** Values of the last forward pass, inputs included. */
  get values(): Readonly<Record<string, Value>> {
    return Object.fromEntries(this.known);
  }

  /** Every `+=` of the last backward pass, in order. */
  get additions(): readonly Addition[] {
    return this.log;
  }

  /** The value of the last step. Throws ValueError for a missing or an unknown input. */
  forward(inputs: Readonly<Record<string, Value>>): Value {
    const values = new Map<string, Value>();
    for (const name of this.inputs) {
      const value = inputs[name];
      if (value === undefined) throw this.inputError(`a value for ${name}`, Object.keys(inputs));
      values.set(name, value);
    }
    for (const name of Object.keys(inputs))
      if (!values.has(name)) throw this.inputError(this.inputs.join(", "), [name]);
    for (const [name, [module, ...from]] of this.steps)
      values.set(name, module.forward(...from.map((read) => values.get(read) as Value)));
    this.known = values;
    return values.get(this.output) as Value;
  }

  /**
   * Derivatives of the result by every input, given the derivative by the result (1 unless given). Throws
   * ValueError before any `forward`.
   */
  backward(upstream: Value = 1): Record<string, Value> {
    const gradients = new Map<string, Value>([[this.output, upstream]]);
    const log: Addition[] = [];
    for (const [to, [module, ...from]] of [...this.steps].reverse()) {
      const arrived = gradients.get(to);
      if (arrived === undefined) continue;
      const downstream: Value | readonly Value[] = module.backward(arrived);
      const list = from.length === 1 ? [downstream as Value] : (downstream as readonly Value[]);
      from.forEach((read, position) => {
        const contribution = list[position] as Value;
        const before = gradients.get(read);
        const total = before === undefined ? contribution : plus(before, contribution);
        gradients.set(read, total);
        log.push({ from: read, to, position, upstream: arrived, contribution, total });
      });
    }
    this.log = log;
    return Object.fromEntries(this.inputs.map((name) => [name, gradients.get(name) ?? 0]));
  }

  private get output(): string {
    return (this.steps.at(-1) as readonly [string, Step])[0];
  }

  private inputError(expected: string, received: readonly string[]): ValueError {
    return new ValueError("Chain", { expected, received: received.join(", ") || "none" });
  }
}

function plus(a: Value, b: Value): Value {
  return typeof a === "number" && typeof b === "number" ? a + b : add(a, b);
}
