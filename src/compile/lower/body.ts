import type { Body } from "../../core/body.js";
import type { Location, LoopAround } from "../../core/emit.js";
import { readValue } from "../../core/evaluate.js";
import type { ArrayPlace } from "../../core/kernel.js";
import { constant } from "../../core/leaves.js";
import type { Node } from "../../core/node.js";
import type { ArrayValue, TensorType } from "../../core/type.js";
import { moved, sizeOfNode, tensorOf } from "../../ops/kernels/location.js";
import type { Before, Builder } from "../../program/builder.js";
import { bytesOf, registerOf } from "../../program/elements.js";
import { entry } from "../../program/entry.js";
import type { Buffer, Operand } from "../../program/types.js";
import { type Affine, constantIndex } from "./affine.js";
import { classify, type Plan } from "./classify.js";
import type { BodyContext } from "./context.js";
import { lowerControl } from "./control.js";
import { placeJoined } from "./joined.js";
import { emitNest, type NestContext } from "./nest.js";
import { Ownership } from "./ownership.js";
import { type Pattern, repeatedPatterns } from "./pattern.js";
import { denseAt, inArray, loadElement, storeElements, storeValue } from "./place.js";
import { prepare } from "./prepare.js";
import type { ProgramState } from "./program-state.js";
import { Readers } from "./readers.js";
import { mostInRegisters } from "./registers.js";
import { type Group, schedule, type Unit } from "./schedule.js";
import { startOf, throughViews } from "./shapes.js";
import { emitShared } from "./shared.js";
import { computeTiny } from "./tiny.js";
import { lowerPlaces, lowerUnit } from "./unit.js";
import { placeUpdated, updated } from "./updates.js";

/** Constants of up to this many elements are numbers in the code. */
const writtenOut = 16;

/**
 * Emits what computes the outputs of `body` from inputs at `inputs`; says where they are. `targets`: where outputs
 * had better be; `consumable`: inputs whose memory may be written over; `loop`: the one that runs the body.
 */
export function lowerBody(
  state: ProgramState,
  body: Body,
  inputs: readonly Location[],
  targets: readonly (ArrayPlace | undefined)[] = [],
  consumable: readonly boolean[] = [],
  loop?: LoopAround,
): Location[] {
  return new BodyLowering(state, prepare(body), inputs, targets, consumable, loop).lower();
}

function isReduction({ primitive }: Node): boolean {
  return primitive.lower.kind === "reduce";
}

function isConstant({ primitive, depth }: Node): boolean {
  return primitive === constant || depth === 0;
}

/** One body while it is lowered: where its nodes are. */
class BodyLowering implements NestContext, BodyContext {
  readonly state: ProgramState;
  readonly builder: Builder;
  private readonly places = new Map<Node, Location>();
  private readonly plan: Plan;
  private readonly units: readonly Unit[];
  private readonly readers: Readers;
  /** The unit that is being lowered. */
  private now = 0;
  private readonly memory = new Ownership((node) => this.readers.lastUse(node) <= this.now);
  /** Loop nests of which there are many alike. */
  private readonly repeated: ReadonlyMap<Group, Pattern>;
  /** Of the body: nodes, or where they have been put. */
  private readonly outputs: (Node | Location)[];
  private readonly slicePlaces = new Map<Node, ArrayPlace>();
  /** Emits before the loop that runs the body. */
  private readonly before: Before | undefined;
  /** Inputs that are the same in all steps of that loop. */
  private readonly fixed: ReadonlySet<Node>;

  constructor(
    state: ProgramState,
    body: Body,
    inputs: readonly Location[],
    targets: readonly (ArrayPlace | undefined)[],
    consumable: readonly boolean[],
    loop: LoopAround | undefined,
  ) {
    this.state = state;
    this.builder = state.builder;
    this.before = loop?.before;
    this.fixed = new Set(body.inputs.slice(0, loop?.fixed ?? 0));
    body.inputs.forEach((input, i) => {
      const given = inputs[i] as Location;
      // what is spilled here is spilled in this body only: it may be a branch, or run no time at all
      const location = given.kind === "elements" ? { ...given } : given;
      this.places.set(input, location);
      if (location.kind !== "array") return;
      if (consumable[i] === true) this.memory.own(location.array);
      this.memory.settle(input, location);
    });
    const carried = body.inputs.filter((_, i) => consumable[i] === true);
    carried.forEach((input, i) => {
      this.memory.carry(input, body.outputs[i] as Node);
    });
    this.plan = classify(body, (node) => this.places.has(node));
    const given = new Set(body.inputs);
    this.outputs = [...body.outputs];
    body.outputs.forEach((output, i) => {
      const target = targets[i];
      if (target === undefined || this.memory.wantedAt(output) !== undefined) return;
      if (!given.has(output)) this.memory.want(output, target);
      else if (this.places.get(output)?.kind === "array") {
        // put aside at once: the memory of the input is free then
        this.store(target, this.places.get(output) as Location);
        this.outputs[i] = inArray(target);
      }
    });
    const computed = this.outputs.filter((output): output is Node => !("kind" in output));
    this.units = schedule(this.plan);
    this.readers = new Readers(this.plan, this.units, computed);
    this.repeated = repeatedPatterns(this.units, (node) => this.isLeaf(node));
    placeJoined(this.plan, new Set(body.outputs), this.memory, (node) => this.targetOf(node));
    placeUpdated(this.units, this.plan, this.memory, this.readers);
  }

  wantedPart(node: Node, index: number): ArrayPlace | undefined {
    return this.memory.wantedPart(node, index);
  }

  lower(): Location[] {
    const { units } = this;
    for (let i = 0; i < units.length; i++) {
      const unit = units[i] as Unit;
      this.now = i;
      if (unit.kind === "group") this.lowerGroup(unit);
      else this.lowerNode(unit.node);
    }
    this.now = units.length;
    return this.outputs.map((output) => ("kind" in output ? output : this.locationOf(output)));
  }

  /** The memory of `input` for the result of `node`, if nothing reads it any more. */
  takeOver(node: Node, input: Node): ArrayPlace | undefined {
    return this.memory.takeOver(node, this.arrayOf(input));
  }

  isInlineView(node: Node): boolean {
    return (
      !this.places.has(node) &&
      this.plan.modes.get(node) === "inline" &&
      node.primitive.lower.kind === "view"
    );
  }

  private place(node: Node, location: Location): void {
    this.places.set(node, location);
    this.memory.settle(node, location);
  }

  private lowerNode(node: Node): void {
    switch (this.plan.modes.get(node)) {
      case "tiny":
        this.places.set(node, { kind: "elements", elements: computeTiny(this, node) });
        return;
      case "project": {
        const from = this.locationOf(node.inputs[0] as Node) as Location & { kind: "tuple" };
        const { index } = node.params as { index: number };
        this.place(node, from.parts[index] as Location);
        return;
      }
      default:
        this.place(node, lowerControl(this, node) ?? lowerUnit(this, node));
    }
  }

  private lowerGroup(group: Group): void {
    const { domain, roots } = group;
    const members = new Set(roots);
    const columns = this.plan.strips?.columns;
    const taken = new Set<Buffer>();
    const locationOf = (node: Node): Location | undefined => this.places.get(node);
    const targets = roots.map((node) => ({
      node,
      target: this.goesToMemory(node, members)
        ? (updated(node, group, this.memory, locationOf, taken) ?? this.targetOf(node))
        : undefined,
      columns: columns?.get(node),
    }));
    const pattern = this.repeated.get(group);
    const inMemory = targets.every(
      ({ node, target, columns }) =>
        columns === undefined && (target !== undefined || !isReduction(node)),
    );
    let numbers: ReadonlyMap<Node, Operand[]> = new Map();
    if (pattern !== undefined && inMemory) emitShared(this, domain, targets, pattern);
    else numbers = emitNest(this, domain, targets);
    for (const { node, target } of targets) {
      const elements = numbers.get(node);
      if (elements !== undefined) this.places.set(node, { kind: "elements", elements });
      else if (target !== undefined) this.place(node, inArray(target));
    }
  }

  /** Whether a root is to be written to memory. */
  private goesToMemory(node: Node, members: ReadonlySet<Node>): boolean {
    const columns = this.plan.strips?.columns.get(node);
    if (columns?.total === true) return false;
    const reduces = isReduction(node) && columns === undefined;
    if (reduces && sizeOfNode(node) === 1 && this.memory.wantedAt(node) === undefined) return false;
    return reduces || this.plan.inMemory.has(node) || !this.readers.areAmong(members, node);
  }

  /** Memory for the result of a node: where it is wanted, or fresh. */
  targetOf(node: Node, type: TensorType = tensorOf(node)): ArrayPlace {
    return this.memory.wantedAt(node) ?? this.fresh(type, node.primitive.name);
  }

  locationOf(node: Node): Location {
    const known = this.places.get(node);
    if (known !== undefined) return known;
    if (isConstant(node)) {
      const location = this.constantLocation(node);
      this.places.set(node, location);
      return location;
    }
    return inArray(this.partOf(node) ?? this.copied(node));
  }

  /** A view in the memory of what it shows. */
  private partOf(node: Node): ArrayPlace | undefined {
    const start = this.isInlineView(node) ? startOf(node) : undefined;
    if (start === undefined || this.memory.wantedAt(node) !== undefined) return undefined;
    const { place, dtype } = this.arrayOf(node.inputs[0] as Node);
    const array = denseAt(moved(place, start * bytesOf(dtype)), tensorOf(node));
    this.place(node, inArray(array));
    return array;
  }

  private constantLocation(node: Node): Location {
    const { data } = readValue(node) as ArrayValue;
    if (data.length > writtenOut) return inArray(this.state.constantArray(node));
    const elements = Array.from(data, (_, i) => this.numberAt(node, i));
    return { kind: "elements", elements };
  }

  /** An inlined node after all in memory. */
  private copied(node: Node): ArrayPlace {
    const target = this.targetOf(node);
    emitNest(this, tensorOf(node).shape, [{ node, target }]);
    this.place(node, inArray(target));
    return target;
  }

  isLeaf(node: Node): boolean {
    return this.places.has(node) || this.plan.modes.get(node) !== "inline";
  }

  placesOf(node: Node): ArrayPlace {
    return entry(this.slicePlaces, node, () => lowerPlaces(this, node));
  }

  heldAt(node: Node, { terms, constant: at }: Affine): Operand | undefined {
    const single = sizeOfNode(node) === 1;
    if ((terms.length > 0 && !single) || !this.isLeaf(node)) return undefined;
    if (isConstant(node)) return this.numberAt(node, single ? 0 : at);
    const location = this.places.get(node);
    return location?.kind === "elements" ? location.elements[single ? 0 : at] : undefined;
  }

  /** An element of a constant. */
  private numberAt(node: Node, at: number): Operand {
    const { data, dtype } = readValue(node) as ArrayValue;
    return this.builder.constant(registerOf(dtype), data[at] as number);
  }

  /** The node in memory, dense. */
  arrayOf(node: Node): ArrayPlace {
    const location = this.locationOf(node);
    if (location.kind === "array") return location.array;
    if (location.kind !== "elements") throw new Error("no tensor");
    location.spilled ??= this.spill(node, location.elements);
    return location.spilled;
  }

  private spill(node: Node, elements: readonly Operand[]): ArrayPlace {
    if (isConstant(node)) return this.state.constantArray(node);
    const array = this.fresh(tensorOf(node), "spill");
    this.storeElements(array, elements);
    this.memory.settle(node, inArray(array));
    return array;
  }

  storeElements(array: ArrayPlace, elements: readonly Operand[]): void {
    storeElements(this.builder, array, elements);
  }

  /** The elements of a tiny node in registers; of another, element by element out of memory. */
  elementOf(node: Node, at: number): Operand {
    const known = this.places.get(node);
    if (known?.kind === "elements") return known.elements[at] as Operand;
    const [from, flat] = throughViews(node, constantIndex(at), (view) => this.isInlineView(view));
    return this.heldAt(from, flat) ?? loadElement(this.builder, this.arrayOf(from), flat.constant);
  }

  store(target: ArrayPlace, from: Location): void {
    storeValue(this.builder, target, from);
  }

  run(
    body: Body,
    inputs: readonly Location[],
    targets?: readonly (ArrayPlace | undefined)[],
    consumable?: readonly boolean[],
    loop?: LoopAround,
  ): Location[] {
    return lowerBody(this.state, body, inputs, targets, consumable, loop);
  }

  mostInRegisters({ nodes }: Body): number {
    return mostInRegisters(nodes);
  }

  beforeLoop<T>(node: Node, array: ArrayPlace, build: () => T): T | undefined {
    const [from] = throughViews(node, constantIndex(0), (view) => this.isInlineView(view));
    const known = this.places.get(from);
    // elsewhere it is put there, or copied, in the loop
    if (!this.fixed.has(from) || known?.kind !== "array") return undefined;
    if (known.array.place.buffer !== array.place.buffer) return undefined;
    let result: T | undefined;
    this.before?.(() => {
      result = build();
    });
    return result;
  }

  fresh(type: Pick<TensorType, "shape" | "dtype">, name?: string): ArrayPlace {
    const array = this.state.temporary(type, name);
    this.memory.own(array);
    return array;
  }
}
