import { isFloat } from "../../core/dtype.js";
import type { ArrayPlace } from "../../core/kernel.js";
import type { Node } from "../../core/node.js";
import { sizeOf } from "../../core/shape.js";
import { forEachPosition, loadElement, storeElement } from "../../ops/kernels/place.js";
import type { Builder } from "../../program/builder.js";
import { bytesOf, registerOf } from "../../program/elements.js";
import { entry } from "../../program/entry.js";
import type { Operand, Variable } from "../../program/types.js";
import { lowerScalar } from "../instructions/index.js";
import {
  type Affine,
  heldUnknown,
  operandOf,
  positionOf,
  type Unknown,
  unknownIndex,
  unknownOf,
} from "./affine.js";
import { type Axis, chooseAxes, conditionsOf } from "./axes.js";
import { collectCone, type Entry, type Wanted } from "./cone.js";
import { combineAll, combineTwo, identityOf } from "./fold.js";
import { type Gathered, gather } from "./gathered.js";
import { loadAt, placeAt, storeAt } from "./place.js";
import type { ProgramState } from "./program-state.js";
import { elementFrom } from "./reads.js";
import {
  accumulator,
  growsFrom,
  innerStrides,
  type NestRoot,
  piece,
  type Reduction,
  reductionOf,
  rowsOf,
} from "./reduction.js";

/** What a nest asks of the body it belongs to. */
export interface NestContext {
  readonly builder: Builder;
  isLeaf(node: Node): boolean;
  /** A node's elements in memory; undefined for one element in a register. */
  arrayOf(node: Node): ArrayPlace | undefined;
  /** An element of a node in a register, if they are there: of several, one that is known. */
  heldAt(node: Node, at: Affine): Operand | undefined;
  /** Where the slices are that a node takes of its first input, in slices. */
  placesOf(node: Node): ArrayPlace;
  readonly state: Pick<ProgramState, "temporary" | "routine">;
}

/** Emits the loops that compute roots over one domain; gives the registers of those that are a few numbers. */
export function emitNest(
  context: NestContext,
  domain: readonly number[],
  roots: readonly NestRoot[],
): Map<Node, Operand[]> {
  return new Nest(context, domain, roots).emit();
}

class Nest {
  private readonly b: Builder;
  private readonly context: NestContext;
  private readonly roots: readonly NestRoot[];
  private readonly axes: readonly Axis[];
  private readonly reductions: readonly Reduction[];
  /** Where elements that were put side by side are. */
  private gathered: Gathered = new Map();

  constructor(context: NestContext, domain: readonly number[], roots: readonly NestRoot[]) {
    this.context = context;
    this.b = context.builder;
    this.roots = roots;
    this.axes =
      roots[0]?.columns === undefined
        ? chooseAxes(
            domain,
            roots.map(({ node }) => node),
            (node) => context.isLeaf(node),
          )
        : domain.map((length, first) => ({ length, stride: 0, first, cuts: [] }));
    const boxed = this.axes.some(({ cuts }) => cuts.length > 0);
    this.reductions = roots.flatMap((root) => reductionOf(root, this.axes, boxed));
  }

  emit(): Map<Node, Operand[]> {
    const { b } = this;
    for (const one of this.reductions) {
      if (one.inMemory) this.clear(one);
      else if (one.from === 0) one.variable = this.start(one);
    }
    for (const box of boxesOf(this.axes)) this.emitBox(box);
    const results = new Map<Node, Operand[]>();
    for (const one of this.reductions) {
      if (one.inMemory || one.from > 0) continue;
      const value = this.total(one);
      entry(results, one.root.node, (): Operand[] => []).push(value);
      if (one.root.target !== undefined) storeAt(b, one, one.root.target.place, value);
    }
    return results;
  }

  private start(one: Reduction): Variable {
    const dtype = accumulator(one);
    const variable = this.b.variable(registerOf(dtype), "acc");
    this.b.assign(variable, identityOf(this.b, one.combine, dtype));
    return variable;
  }

  /** What was accumulated, in the dtype of the result. */
  private total(one: Reduction): Operand {
    return this.b.convert(this.b.read(one.variable as Variable), registerOf(one.dtype));
  }

  private clear({ target: to, combine, dtype }: Reduction): void {
    const { b } = this;
    const target = to as ArrayPlace;
    const bytes = bytesOf(dtype);
    const size = sizeOf(target.shape);
    const identity = identityOf(b, combine, dtype);
    if (identity.kind === "constant" && identity.value === 0) {
      b.clear(target.place, size * bytes);
      return;
    }
    const clearAt = (i: Operand): void =>
      storeAt(b, target, placeAt(b, target, unknownIndex(unknownOf(i, 0, size))), identity);
    b.loop(0, size, clearAt, { independent: true });
  }

  /** Loops over one range of each axis. */
  private emitBox(ranges: readonly (readonly [number, number])[]): void {
    const counters = ranges.map(([low, high]) => heldUnknown(low, high));
    const flat = positionOf(
      this.axes.map(({ stride }) => stride),
      counters,
    );
    const parts = this.roots.flatMap((root) => partsOf(root, flat, counters));
    const wanted = parts.flatMap((part) => part.wanted);
    const { entries, results } = collectCone(wanted, (node) => this.context.isLeaf(node), {
      held: true,
    });
    // what has to be written to memory first is, before the loops
    for (const one of entries)
      if (one.place !== undefined) this.context.placesOf(one.node);
      else if (this.isLoaded(one)) this.context.arrayOf(one.node);
    const level = new Map<Entry, number>();
    const levelOfUnknown = new Map(counters.map(({ id }, at) => [id, at + 1]));
    const levelOf = ({ terms }: Affine): number =>
      Math.max(
        0,
        ...terms.map(
          ([{ id, from = [] }]) => levelOfUnknown.get(id) ?? Math.max(0, ...from.map(levelOf)),
        ),
      );
    const forced = new Set(this.roots.map(({ node }) => node));
    for (const one of entries) {
      const { inputs, index, flat } = one;
      const own = [
        ...inputs.map((input) => level.get(input) as number),
        ...conditionsOf(one).map((condition) => levelOf(condition.index)),
        inputs.length === 0 ? levelOf(index ?? flat) : 0,
      ];
      const isKnown = this.inRegister(one) !== undefined && !forced.has(one.node);
      level.set(one, isKnown ? 0 : Math.max(...own));
    }
    this.gathered = gather(
      this.context,
      entries.filter((one) => this.isLoaded(one)),
      ranges,
      counters,
    );
    const values = new Map<Entry, Operand>();
    const compute = (at: number): void => {
      // where slices are is known before what reads them, that of the last first
      for (const { node, place } of entries.toReversed()) {
        if (place === undefined || levelOf(place.at) !== at) continue;
        const from = placeAt(this.b, this.context.placesOf(node), place.at);
        place.set(this.b.load("i32", "i32", from));
      }
      for (const one of entries)
        if (level.get(one) === at) values.set(one, this.valueOf(one, values));
    };
    const descend = (at: number): void => {
      compute(at);
      if (at === this.axes.length) {
        this.finish(
          parts,
          results.map((one) => values.get(one) as Operand),
          counters,
        );
        return;
      }
      const begun = this.reductions.filter(({ from }) => from === at && at > 0);
      for (const one of begun) one.variable = this.start(one);
      const [low, high] = ranges[at] as readonly [number, number];
      const innermost = at === this.axes.length - 1;
      const loop = (from: number | Operand, to: number | Operand): void => {
        this.b.loop(
          from,
          to,
          (counter) => {
            counters[at]?.set(counter);
            descend(at + 1);
          },
          { independent: innermost && this.isIndependent(), name: "ijklmnop"[at] ?? "i" },
        );
      };
      if (innermost) this.inPieces(low, high, at, loop);
      else this.inRows(at, ranges, counters, loop);
      for (const one of begun) this.put(one, counters, this.total(one));
    };
    descend(0);
  }

  /**
   * The innermost loop in pieces whose sums are added up, so that rounding errors of long sums stay small (Higham
   * 1993); of sums over further loops, each run of this one is a piece.
   */
  private inPieces(
    low: number,
    high: number,
    at: number,
    loop: (from: number | Operand, to: number | Operand) => void,
  ): void {
    const { b } = this;
    const isLong = high - low > piece;
    const sums = this.reductions.filter(
      ({ combine, dtype, from }) =>
        combine === "add" && isFloat(dtype) && (isLong ? from <= at : from < at),
    );
    const step = isLong && sums.length > 0 ? piece : Math.max(1, high - low);
    const inPart = (from: Operand): void => {
      const totals = sums.map(({ variable }) => variable as Variable);
      for (const one of sums) one.variable = this.start(one);
      const to = b.add(from, step);
      loop(from, (high - low) % step === 0 ? to : b.min(to, high));
      sums.forEach((one, i) => {
        const total = totals[i] as Variable;
        b.assign(total, b.add(b.read(total), b.read(one.variable as Variable)));
        one.variable = total;
      });
    };
    b.loop(low, high, inPart, { step, name: "piece" });
  }

  /** A loop over rows that are added to memory, in pieces too: each is added up by itself first. */
  private inRows(
    at: number,
    ranges: readonly (readonly [number, number])[],
    counters: readonly Unknown[],
    loop: (from: number | Operand, to: number | Operand) => void,
  ): void {
    const { b, axes } = this;
    const [low, high] = ranges[at] as readonly [number, number];
    const sums = this.reductions.filter((one) => growsFrom(one, at));
    const rows = Math.min(...sums.map((one) => rowsOf(one, axes, at)));
    if (high - low <= rows) {
      loop(low, high);
      return;
    }
    const wholes = sums.map(({ target, strides }) => ({ target: target as ArrayPlace, strides }));
    for (const one of sums) {
      const { strides, size } = innerStrides(one, axes, at);
      one.strides = strides;
      one.target = this.context.state.temporary({ shape: [size], dtype: one.dtype });
    }
    b.loop(
      low,
      high,
      (from) => {
        for (const one of sums) this.clear(one);
        loop(from, b.min(b.add(from, rows), high));
        sums.forEach((one, i) => {
          this.addTo(wholes[i] as (typeof wholes)[number], one, at, ranges, counters);
        });
      },
      { step: rows, name: "piece" },
    );
    sums.forEach((one, i) => {
      Object.assign(one, wholes[i]);
    });
  }

  /** Adds a piece to the whole, element by element over the axes inside `at`. */
  private addTo(
    whole: { readonly target: ArrayPlace; readonly strides: readonly number[] },
    part: Reduction,
    at: number,
    ranges: readonly (readonly [number, number])[],
    counters: readonly Unknown[],
  ): void {
    const { b } = this;
    const inner = [...this.axes.keys()].filter((k) => k > at && part.strides[k] !== 0);
    const arrays = [whole.target, part.target as ArrayPlace] as const;
    const strides = [whole.strides, part.strides];
    const axes = inner.map((k) => {
      const [low, high] = ranges[k] as readonly [number, number];
      return { length: high - low, moves: strides.map((list) => list[k] as number) };
    });
    // inner loops have no counters here: they start where their ranges do
    const outer = counters.map((counter, k) => (k > at ? undefined : counter));
    const starts = strides.map((list) => {
      const low = inner.reduce((sum, k) => sum + (ranges[k]?.[0] ?? 0) * (list[k] as number), 0);
      return operandOf(b, positionOf(list, outer, low));
    });
    forEachPosition(b, axes, starts, true, (positions) => {
      const [sum, more] = arrays.map((array, i) => loadElement(b, array, positions[i] as Operand));
      const total = b.add(sum as Operand, more as Operand);
      storeElement(b, whole.target, positions[0] as Operand, total);
    });
  }

  /** Whether no iteration of the innermost loop reads what another writes, sums aside. */
  private isIndependent(): boolean {
    const last = this.axes.length - 1;
    return this.reductions.every((one) => one.from <= last || one.strides[last] !== 0);
  }

  private finish(
    parts: readonly Part[],
    values: readonly Operand[],
    counters: readonly Unknown[],
  ): void {
    const { b } = this;
    let next = 0;
    let read = 0;
    for (const { root, wanted, to } of parts) {
      const terms = values.slice(read, read + wanted.length);
      read += wanted.length;
      if (to !== undefined) {
        const { target } = root;
        if (target !== undefined) storeAt(b, target, placeAt(b, target, to), terms[0] as Operand);
        continue;
      }
      const one = this.reductions[next++] as Reduction;
      if (one.from === this.axes.length && this.axes.length > 0) {
        this.put(one, counters, b.convert(terms[0] as Operand, registerOf(one.dtype)));
        continue;
      }
      const variable = one.variable as Variable;
      const dtype = accumulator(one);
      const term = combineAll(b, one.combine, dtype, terms);
      b.assign(variable, combineTwo(b, one.combine, dtype, b.read(variable), term));
    }
  }

  private put(one: Reduction, counters: readonly Unknown[], value: Operand): void {
    const { b } = this;
    const place = placeAt(b, one.target as ArrayPlace, positionOf(one.strides, counters));
    const result = one.inMemory
      ? combineTwo(b, one.combine, one.dtype, loadAt(b, one, place), value)
      : value;
    storeAt(b, one, place, result);
  }

  private valueOf(one: Entry, values: ReadonlyMap<Entry, Operand>): Operand {
    const { node, inputs } = one;
    if (isLeaf(one)) return this.inRegister(one) ?? this.loaded(one);
    const args = inputs.map((input) => values.get(input) as Operand);
    if (node.primitive.lower.kind === "scalar") return lowerScalar(this.b, node, args);
    return elementFrom(this.b, node, one, args);
  }

  private inRegister(one: Entry): Operand | undefined {
    return isLeaf(one) ? this.context.heldAt(one.node, one.flat) : undefined;
  }

  private isLoaded(one: Entry): boolean {
    return isLeaf(one) && this.inRegister(one) === undefined;
  }

  private loaded(one: Entry): Operand {
    const { b } = this;
    const array = this.context.arrayOf(one.node) as ArrayPlace;
    return loadAt(b, array, this.gathered.get(one)?.() ?? placeAt(b, array, one.flat));
  }
}

function isLeaf({ inputs, index }: Entry): boolean {
  return inputs.length === 0 && index === undefined;
}

/** What a nest computes in one step: an element, or what a reduction takes up. */
interface Part {
  readonly root: NestRoot;
  readonly wanted: readonly Wanted[];
  /** Where an element goes. */
  readonly to: Affine | undefined;
}

function partsOf(root: NestRoot, flat: Affine, counters: readonly Unknown[]): Part[] {
  const { node, columns } = root;
  const reduces = columns === undefined ? node.primitive.lower.kind === "reduce" : columns.total;
  const from = reduces ? (node.inputs[0] as Node) : node;
  const part = (flats: readonly Affine[]): Part => ({
    root,
    wanted: flats.map((one) => ({ node: from, flat: one, compute: !reduces })),
    to: reduces ? undefined : flats[0],
  });
  if (columns === undefined) return [part([flat])];
  const { layout, offsets } = columns;
  return offsets.map((own) =>
    part(own.map((offset) => positionOf(layout.strides, counters, offset))),
  );
}

/** Every combination of one range of each axis. */
function boxesOf(axes: readonly Axis[]): (readonly [number, number])[][] {
  let boxes: (readonly [number, number])[][] = [[]];
  for (const { length, cuts } of axes) {
    const ends = [0, ...cuts, length];
    const ranges = ends.slice(1).map((high, i) => [ends[i] as number, high] as const);
    boxes = boxes.flatMap((box) => ranges.map((range) => [...box, range]));
  }
  return boxes;
}
