import { type DType, isFloat } from "../../core/dtype.js";
import type { ArrayPlace } from "../../core/kernel.js";
import type { Node } from "../../core/node.js";
import { sizeOf } from "../../core/shape.js";
import type { Builder } from "../../program/builder.js";
import { bytesOf, registerOf, storageOf } from "../../program/elements.js";
import type { Operand, Place, Variable } from "../../program/types.js";
import {
  type Affine,
  heldUnknown,
  positionOf,
  type Unknown,
  unknownIndex,
  unknownOf,
} from "./affine.js";
import { type Axis, chooseAxes } from "./axes.js";
import { collectCone, type Entry, type Wanted } from "./cone.js";
import { combineTwo, identityOf } from "./fold.js";
import { type Gathered, gather } from "./gathered.js";
import { placeAt } from "./place.js";
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
  compute(node: Node, args: readonly Operand[]): Operand;
  /** Where the slices are that a node takes of its first input, in slices. */
  placesOf(node: Node): ArrayPlace;
  /** Memory for a tensor that lives while it is used. */
  temporary(type: { readonly shape: readonly number[]; readonly dtype: DType }): ArrayPlace;
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
      results.set(one.root.node, [...(results.get(one.root.node) ?? []), value]);
      if (one.root.target !== undefined)
        b.store(storageOf(one.dtype), one.root.target.place, value);
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
      b.clear(target.place, b.i32(size * bytes));
      return;
    }
    b.loop(
      0,
      size,
      (i) => {
        b.store(
          storageOf(dtype),
          placeAt(this.b, target, unknownIndex(unknownOf(i, 0, size))),
          identity,
        );
      },
      { independent: true },
    );
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
    for (const entry of entries)
      if (entry.place !== undefined) this.context.placesOf(entry.node);
      else if (isLeaf(entry) && this.inRegister(entry) === undefined)
        this.context.arrayOf(entry.node);
    const level = new Map<Entry, number>();
    const levelOfUnknown = new Map<number, number>();
    counters.forEach(({ id }, at) => {
      levelOfUnknown.set(id, at + 1);
    });
    const levelOf = (index: Affine): number =>
      index.terms.reduce((deepest, [unknown]) => {
        const own =
          levelOfUnknown.get(unknown.id) ?? Math.max(0, ...(unknown.from ?? []).map(levelOf));
        return Math.max(deepest, own);
      }, 0);
    const byLevel: Entry[][] = Array.from({ length: this.axes.length + 1 }, () => []);
    const forced = new Set(this.roots.map(({ node }) => node));
    for (const entry of entries) {
      let own = entry.inputs.reduce(
        (deepest, input) => Math.max(deepest, level.get(input) as number),
        0,
      );
      if (entry.inputs.length === 0 || entry.index !== undefined)
        own = Math.max(own, levelOf(entry.index ?? entry.flat));
      for (const { conditions } of entry.choices ?? [])
        for (const { index } of conditions) own = Math.max(own, levelOf(index));
      if (this.inRegister(entry) !== undefined && !forced.has(entry.node)) own = 0;
      level.set(entry, own);
      (byLevel[own] as Entry[]).push(entry);
    }
    this.gathered = gather(
      this.context,
      entries.filter((entry) => isLeaf(entry) && this.inRegister(entry) === undefined),
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
      for (const entry of byLevel[at] as Entry[]) values.set(entry, this.valueOf(entry, values));
    };
    const descend = (at: number): void => {
      compute(at);
      for (const one of this.reductions)
        if (one.from === at && at > 0 && !(one.from === this.axes.length))
          one.variable = this.start(one);
      if (at === this.axes.length) {
        this.finish(
          parts,
          results.map((entry) => values.get(entry) as Operand),
          counters,
        );
        return;
      }
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
      for (const one of this.reductions)
        if (one.from === at && at > 0) this.put(one, counters, this.total(one));
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
    const sums = this.reductions.filter(
      ({ combine, dtype, from }) => combine === "add" && isFloat(dtype) && from <= at,
    );
    const long = high - low > piece;
    const inPart = (run: () => void): void => {
      const totals = sums.map(({ variable }) => variable as Variable);
      for (const one of sums) one.variable = this.start(one);
      run();
      sums.forEach((one, i) => {
        const total = totals[i] as Variable;
        b.assign(total, b.add(b.read(total), b.read(one.variable as Variable)));
        one.variable = total;
      });
    };
    if (sums.length === 0 || (!long && sums.every(({ from }) => from === at))) {
      loop(low, high);
      return;
    }
    if (!long) {
      inPart(() => loop(low, high));
      return;
    }
    const even = (high - low) % piece === 0;
    b.loop(
      low,
      high,
      (from) => {
        const to = b.add(from, b.i32(piece));
        inPart(() => loop(from, even ? to : b.min(to, b.i32(high))));
      },
      { step: piece, name: "piece" },
    );
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
      one.target = this.context.temporary({ shape: [size], dtype: one.dtype });
    }
    b.loop(
      low,
      high,
      (from) => {
        for (const one of sums) this.clear(one);
        loop(from, b.min(b.add(from, b.i32(rows)), b.i32(high)));
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
    const { dtype } = part;
    const kept = this.axes.flatMap((_, k) => (k > at && part.strides[k] !== 0 ? [k] : []));
    const descend = (depth: number, steps: readonly Unknown[]): void => {
      const axis = kept[depth];
      if (axis === undefined) {
        const to = placeAt(this.b, whole.target, positionOf(whole.strides, steps));
        const from = placeAt(this.b, part.target as ArrayPlace, positionOf(part.strides, steps));
        const read = (place: Place): Operand => b.load(registerOf(dtype), storageOf(dtype), place);
        b.store(storageOf(dtype), to, b.add(read(to), read(from)));
        return;
      }
      const [low, high] = ranges[axis] as readonly [number, number];
      b.loop(
        low,
        high,
        (counter) => {
          const next = [...steps];
          next[axis] = unknownOf(counter, low, high);
          descend(depth + 1, next);
        },
        { independent: depth === kept.length - 1 },
      );
    };
    descend(0, counters);
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
        if (target !== undefined)
          b.store(storageOf(target.dtype), placeAt(this.b, target, to), terms[0] as Operand);
        continue;
      }
      const one = this.reductions[next++] as Reduction;
      // a sum of bools counts
      const [first, ...more] = terms.map((term) =>
        term.type === "bool" && one.dtype !== "bool"
          ? b.convert(term, registerOf(one.dtype))
          : term,
      ) as [Operand, ...Operand[]];
      if (one.from === this.axes.length && this.axes.length > 0) {
        this.put(one, counters, first);
        continue;
      }
      const variable = one.variable as Variable;
      const dtype = accumulator(one);
      const wide = (term: Operand): Operand =>
        dtype === one.dtype ? term : b.convert(term, registerOf(dtype));
      const both = (x: Operand, y: Operand): Operand => combineTwo(b, one.combine, dtype, x, y);
      const term = more.reduce((x, y) => both(x, wide(y)), wide(first));
      b.assign(variable, both(b.read(variable), term));
    }
  }

  private put(one: Reduction, counters: readonly Unknown[], value: Operand): void {
    const { b } = this;
    const place = placeAt(this.b, one.target as ArrayPlace, positionOf(one.strides, counters));
    const storage = storageOf(one.dtype);
    const result = one.inMemory
      ? combineTwo(b, one.combine, one.dtype, b.load(registerOf(one.dtype), storage, place), value)
      : value;
    b.store(storage, place, result);
  }

  private valueOf(entry: Entry, values: ReadonlyMap<Entry, Operand>): Operand {
    const { node, inputs } = entry;
    if (isLeaf(entry)) return this.leafValue(entry);
    const args = inputs.map((input) => values.get(input) as Operand);
    if (node.primitive.lower.kind === "scalar") return this.context.compute(node, args);
    return elementFrom(this.b, node, entry, args);
  }

  private inRegister(entry: Entry): Operand | undefined {
    return isLeaf(entry) ? this.context.heldAt(entry.node, entry.flat) : undefined;
  }

  private leafValue(entry: Entry): Operand {
    const held = this.inRegister(entry);
    if (held !== undefined) return held;
    const array = this.context.arrayOf(entry.node) as ArrayPlace;
    const place = this.gathered.get(entry)?.() ?? placeAt(this.b, array, entry.flat);
    return this.b.load(registerOf(array.dtype), storageOf(array.dtype), place);
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
