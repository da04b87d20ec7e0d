import {
  blocksOf,
  calleeOf,
  operandsOf,
  placesOf,
  visitNotable,
} from "../../program/statements.js";
import type { Block, Buffer, Operand, Program, Routine, Statement } from "../../program/types.js";

const alignment = 16;
/** No buffer lies across this address, so that pointers into one compare as signed numbers. */
const middle = 2 ** 31;

/**
 * Gives every buffer its address. Temporary buffers share memory with others that are not needed at the same time. In
 * a loop a buffer is needed all through if anything outside mentions it, or if what mentions it first reads it. Returns how
 * many bytes that are; behind them is memory that the program may grow.
 */
export function planMemory(program: Program): number {
  let top = alignment; // 0 is no address
  const place = (buffer: Buffer): void => {
    buffer.address = startFrom(top, padded(buffer.bytes));
    top = buffer.address + padded(buffer.bytes);
  };
  const fixed = new Set(program.fixed);
  for (const buffer of fixed) if (buffer.role !== "heap") place(buffer);
  const lives: Life[] = [];
  for (const [buffer, life] of new LifeFinder().find(program.main)) {
    if (fixed.has(buffer) || buffer === program.heap || buffer.role === "heap") continue;
    if (buffer.role === "temporary") lives.push({ buffer, ...life });
    else place(buffer);
  }
  top = shareMemory(lives, top);
  if (program.heap !== undefined) program.heap.address = top;
  return top;
}

function padded(bytes: number): number {
  return Math.max(alignment, Math.ceil(bytes / alignment) * alignment);
}

/** Where so many bytes may begin at `at` or later. */
function startFrom(at: number, bytes: number): number {
  return at < middle && at + bytes > middle ? middle : at;
}

/** From the first to the last statement that mentions a buffer. */
interface Life {
  readonly buffer: Buffer;
  readonly first: number;
  readonly last: number;
}

interface Gap {
  at: number;
  bytes: number;
}

/** The smallest gap that is large enough, life by life in order of their beginnings. Gives where all end. */
function shareMemory(lives: readonly Life[], start: number): number {
  const begins = [...lives].sort(
    (a, b) => a.first - b.first || b.buffer.bytes - a.buffer.bytes || a.buffer.id - b.buffer.id,
  );
  const ends = [...begins].sort((a, b) => a.last - b.last);
  // by address, none touching another but in the middle; the last has no end
  const gaps: Gap[] = [
    { at: start, bytes: middle - start },
    { at: Math.max(start, middle), bytes: Infinity },
  ];
  let top = start;
  let ended = 0;
  for (const { buffer, first } of begins) {
    for (; (ends[ended] as Life).last < first; ended++) release(gaps, (ends[ended] as Life).buffer);
    const bytes = padded(buffer.bytes);
    const fitting = gaps.filter((gap) => gap.bytes >= bytes);
    const best = fitting.reduce((least, gap) => (gap.bytes < least.bytes ? gap : least));
    buffer.address = best.at;
    best.at += bytes;
    best.bytes -= bytes;
    if (best.bytes === 0) gaps.splice(gaps.indexOf(best), 1);
    top = Math.max(top, best.at);
  }
  return top;
}

/** Makes the memory of a buffer a gap, one with those that it touches. */
function release(gaps: Gap[], buffer: Buffer): void {
  const at = buffer.address as number;
  const behind = gaps.findIndex((gap) => gap.at > at);
  gaps.splice(behind, 0, { at, bytes: padded(buffer.bytes) });
  for (const k of [behind, behind - 1]) {
    const [gap, next] = [gaps[k], gaps[k + 1]] as [Gap | undefined, Gap];
    if (gap === undefined || gap.at + gap.bytes !== next.at || next.at === middle) continue;
    gap.bytes += next.bytes;
    gaps.splice(k + 1, 1);
  }
}

/** What is known of a buffer in the part of a program that is looked at. */
interface Mentions {
  first: number;
  last: number;
  /** From where it is needed if anything else mentions it too: the begin of the loop it is inside. */
  begin: number;
  /** What mentions it first reads it. */
  readFirst: boolean;
  /** Only one side of branches has mentioned it. */
  unsure: boolean;
}

type Region = Map<Buffer, Mentions>;

class LifeFinder {
  private now = 0;
  private region: Region = new Map();
  /** Buffers that a pointer in a register may point into. */
  private readonly pointers = new Map<number, ReadonlySet<Buffer>>();
  /** Buffers whose address some variable holds: who knows until when. */
  private readonly escaped = new Set<Buffer>();
  private readonly naming = new Map<Routine, boolean>();

  find(main: Routine): Region {
    this.visit(main.body);
    for (const buffer of this.escaped) {
      const all = this.region.get(buffer) as Mentions;
      all.first = 0;
      all.last = this.now;
    }
    return this.region;
  }

  private mention(buffer: Buffer | undefined, reads: boolean): void {
    const { now } = this;
    if (buffer !== undefined)
      this.note(
        buffer,
        { first: now, last: now, begin: now, readFirst: reads, unsure: false },
        now,
      );
  }

  /** Adds what comes next, until `end`, to what is known of a buffer. */
  private note(buffer: Buffer, mentions: Mentions, end: number): void {
    const known = this.region.get(buffer);
    if (known === undefined) {
      this.region.set(buffer, mentions);
      return;
    }
    known.first = Math.min(known.first, known.begin);
    known.last = end;
    known.readFirst ||= known.unsure && mentions.readFirst;
    known.unsure &&= mentions.unsure;
  }

  private visit({ statements }: Block): void {
    for (let i = 0; i < statements.length; i++) {
      const statement = statements[i] as Statement;
      this.now++;
      // what computes other values than these takes no pointers
      if (
        statement.kind === "instruction" &&
        statement.callee === undefined &&
        ((statement.type !== "i32" && statement.type !== "bool") || this.pointers.size === 0)
      )
        continue;
      if (statement.kind === "loop" || statement.kind === "while") {
        if (statement.kind === "loop") this.pointersOf(statement);
        this.loop(() => {
          for (const block of blocksOf(statement)) this.visit(block);
          if (statement.kind === "while") this.pointersOf(statement);
        });
        continue;
      }
      this.pointersOf(statement);
      this.places(statement);
      if (statement.kind !== "perform" && statement.kind !== "instruction") {
        if (statement.kind === "branch") this.branch(statement.yes, statement.no);
        continue;
      }
      const { callee } = statement;
      if (callee?.kind === "routine" && this.namesBuffers(callee)) {
        callee.params.forEach(({ id }, i) => {
          const args = statement.kind === "perform" ? statement.args : [];
          const buffers = this.pointers.get(args[i]?.id ?? -1);
          if (buffers !== undefined) this.pointers.set(id, buffers);
        });
        this.visit(callee.body);
      }
    }
  }

  /** Whether a routine touches memory that it is given no pointer to. Most are called often: one look at each will do. */
  private namesBuffers(routine: Routine): boolean {
    let names = this.naming.get(routine);
    if (names === undefined) {
      names = false;
      visitNotable(routine.body, (statement) => {
        const callee = calleeOf(statement);
        names ||=
          placesOf(statement).some(({ buffer }) => buffer !== undefined) ||
          (callee?.kind === "routine" && this.namesBuffers(callee));
      });
      this.naming.set(routine, names);
    }
    return names;
  }

  private places(statement: Statement): void {
    const { kind } = statement;
    // of a copy, the source comes first
    placesOf(statement).forEach(({ buffer }, i) => {
      this.mention(buffer, i === 0 && kind !== "store" && kind !== "clear");
      if (kind === "address" && buffer !== undefined)
        this.pointers.set(statement.id, new Set([buffer]));
    });
  }

  /** Who uses a pointer mentions what it points into. */
  private pointersOf(statement: Statement): void {
    if (this.pointers.size === 0) return;
    let all: ReadonlySet<Buffer> | undefined;
    const isValue = (operand: Operand): boolean =>
      (statement.kind === "store" || statement.kind === "assign") && statement.value === operand;
    for (const operand of operandsOf(statement)) {
      const buffers = this.pointers.get(operand.id);
      if (buffers === undefined) continue;
      for (const buffer of buffers) {
        this.mention(buffer, true);
        if (isValue(operand)) this.escaped.add(buffer);
      }
      all = all === undefined ? buffers : new Set([...all, ...buffers]);
    }
    const passes =
      (statement.kind === "instruction" && statement.type === "i32") ||
      (statement.kind === "address" && statement.place.buffer === undefined);
    if (all !== undefined && passes) this.pointers.set(statement.id, all);
  }

  /** What is known of buffers in a part by itself. */
  private inside(visit: () => void): Region {
    const outer = this.region;
    const inner: Region = new Map();
    this.region = inner;
    visit();
    this.region = outer;
    return inner;
  }

  private loop(body: () => void): void {
    const begin = this.now;
    const inner = this.inside(body);
    const end = ++this.now;
    for (const [buffer, mentions] of inner) {
      if (mentions.readFirst) {
        mentions.first = begin;
        mentions.last = end;
      }
      mentions.begin = begin;
      this.note(buffer, mentions, end);
    }
  }

  private branch(yes: Block, no: Block): void {
    const sides = [yes, no].map((block) => this.inside(() => this.visit(block)));
    for (const buffer of new Set(sides.flatMap((side) => [...side.keys()]))) {
      const all = sides.flatMap((side) => side.get(buffer) ?? []);
      const last = Math.max(...all.map((one) => one.last));
      const mentions = {
        first: Math.min(...all.map(({ first }) => first)),
        last,
        begin: Math.min(...all.map(({ begin }) => begin)),
        readFirst: all.some(({ readFirst }) => readFirst),
        unsure: all.length < sides.length || all.some(({ unsure }) => unsure),
      };
      this.note(buffer, mentions, last);
    }
  }
}
