import type { ArrayPlace, KernelContext } from "../kernels/context.js";
import type { Builder } from "../program/builder.js";
import type { Operand, Place } from "../program/types.js";
import { type ContractionAxes, type LoopAxis, lengthOf } from "./axes.js";
import { inBlocks, isLater, nest, placeIn, type Steps } from "./nest.js";
import { packRoutine, type Spacing, spacingOf } from "./pack.js";
import { bytesOf, type Float, widthOf } from "./routine.js";
import { tileRoutine, tileRows } from "./tile.js";

/** Terms of a sum that are added up in registers: a panel of the right factor then fits the first-level cache. */
const termBlock = 256;
/** Rows of the left factor packed at once: they fit the second-level cache. */
const rowBlock = 128;
/** Columns of the right factor packed at once. */
const columnBlock = 2048;

/** One factor of a product: how its elements are spaced, and where panels of it go. */
interface Factor {
  readonly which: 0 | 1;
  /** Rows of the left, columns of the right factor in one panel. */
  readonly width: number;
  readonly row: Spacing;
  readonly term: Spacing;
  readonly rowTable: Place | undefined;
  readonly termTable: Place | undefined;
  readonly packed: Place;
}

/** Products of matrices in packed panels, tile by tile (Goto & van de Geijn 2008). */
export function multiplyMatrices(context: KernelContext, type: Float, axes: ContractionAxes): void {
  new MatrixProduct(context, type, axes).emit();
}

class MatrixProduct {
  private readonly context: KernelContext;
  private readonly b: Builder;
  private readonly type: Float;
  private readonly bytes: number;
  private readonly axes: ContractionAxes;
  private readonly rows: number;
  private readonly columns: number;
  private readonly terms: number;
  /** Terms in one block. */
  private readonly block: number;
  /** The left factor is small and the same in the whole batch: packed once. */
  private readonly shared: boolean;
  private readonly left: Factor;
  private readonly right: Factor;

  constructor(context: KernelContext, type: Float, axes: ContractionAxes) {
    this.context = context;
    this.b = context.builder;
    this.type = type;
    this.axes = axes;
    this.bytes = bytesOf(type);
    this.rows = lengthOf(axes.left);
    this.columns = lengthOf(axes.right);
    this.terms = lengthOf(axes.summed);
    this.block = Math.ceil(this.terms / Math.ceil(this.terms / termBlock));
    this.shared =
      lengthOf(axes.batch) > 1 &&
      axes.batch.every(({ moves }) => moves[0] === 0) &&
      this.rows <= rowBlock &&
      this.rows * this.terms <= rowBlock * termBlock;
    const height = Math.min(this.rows, rowBlock);
    this.left = this.factor(0, axes.left, tileRows, height, this.shared ? this.terms : this.block);
    const width = Math.min(this.columns, columnBlock);
    this.right = this.factor(1, axes.right, 2 * widthOf(type), width, this.block);
  }

  private factor(
    which: 0 | 1,
    free: readonly LoopAxis[],
    width: number,
    most: number,
    terms: number,
  ): Factor {
    const { context, type, bytes } = this;
    const [row, rowTable] = spacingOf(context, free, which, bytes, widthOf(type));
    const [term, termTable] = spacingOf(context, this.axes.summed, which, bytes);
    const packed = context.scratch(type, Math.ceil(most / width) * width * terms).place;
    return { which, width, row, term, rowTable, termTable, packed };
  }

  emit(): void {
    const { b, rows, columns, shared } = this;
    if (shared) {
      const from = this.start(0, []);
      this.blocks((k, count) =>
        this.pack(this.left, from, b.i32(0), rows, k, count, this.whole(k)),
      );
    }
    nest(b, this.axes.batch, [], (steps) => {
      const [fromLeft, fromRight, to] = [0, 1, 2].map((which) => this.start(which as 0, steps)) as [
        Operand,
        Operand,
        Operand,
      ];
      inBlocks(b, columns, columnBlock, (j, width) => {
        this.blocks((k, count) => {
          this.pack(this.right, fromRight, j, width, k, count, b.address(this.right.packed));
          inBlocks(b, rows, rowBlock, (i, height) => {
            const packed = shared ? this.whole(k) : b.address(this.left.packed);
            if (!shared) this.pack(this.left, fromLeft, i, height, k, count, packed);
            const corner = b.add(b.mul(i, b.i32(columns)), j);
            const result = b.add(to, b.mul(corner, b.i32(this.bytes)));
            this.strips(packed, result, height, width, k, count);
          });
        });
      });
    });
  }

  private start(which: 0 | 1 | 2, steps: Steps): Operand {
    const { inputs, outputs } = this.context;
    const array = [...inputs, ...outputs][which] as ArrayPlace;
    return this.b.address(placeIn(this.b, array, this.bytes, which, steps));
  }

  /** `body` for each block of terms, with the first and how many. */
  private blocks(body: (k: Operand, count: Operand) => void): void {
    const { b, terms, block } = this;
    const count = (k: Operand): Operand =>
      terms % block === 0 ? b.i32(block) : b.min(b.i32(block), b.sub(b.i32(terms), k));
    b.loop(0, terms, (k) => body(k, count(k)), { step: block });
  }

  /** Where the block that begins with term `k` of the whole left factor is packed. */
  private whole(k: Operand): Operand {
    const { b, left, rows, bytes } = this;
    const height = Math.ceil(rows / tileRows) * tileRows;
    return b.add(b.address(left.packed), b.mul(k, b.i32(height * bytes)));
  }

  /** Multiplies packed rows by packed columns, a strip of tiles below one another at a time. */
  private strips(
    packed: Operand,
    corner: Operand,
    height: number,
    width: number,
    k: Operand,
    count: Operand,
  ): void {
    const { b, type, bytes, context } = this;
    const row = this.columns * bytes;
    const more = isLater(b, k);
    const right = b.address(this.right.packed);
    const wide = this.right.width;
    const strip = (panel: Operand, columns: number): void => {
      const from = b.add(right, b.mul(panel, b.mul(count, b.i32(wide * bytes))));
      const to = b.add(corner, b.mul(panel, b.i32(wide * bytes)));
      const tiles = (first: number, rows: number, number: number): void => {
        if (rows === 0 || number === 0) return;
        const routine = context.routine(`tile ${type} ${rows} ${columns}`, () =>
          tileRoutine(type, rows, columns),
        );
        const left = b.add(packed, b.mul(count, b.i32(first * bytes)));
        const result = b.add(to, b.i32(first * row));
        b.perform(routine, [left, from, result, b.i32(row), b.i32(number), count, more]);
      };
      const whole = height - (height % tileRows);
      tiles(0, tileRows, whole / tileRows);
      tiles(whole, height % tileRows, 1);
    };
    const whole = Math.floor(width / wide);
    b.loop(0, whole, (panel) => strip(panel, wide));
    if (width % wide > 0) strip(b.i32(whole), width % wide);
  }

  /** Packs `length` rows (or columns) from `start` on, `count` terms from `k` on of each. */
  private pack(
    { width, row, term, rowTable, termTable }: Factor,
    from: Operand,
    start: Operand,
    length: number,
    k: Operand,
    count: Operand,
    to: Operand,
  ): void {
    const { b, type, bytes, context } = this;
    const along = (base: Operand, spacing: Spacing, by: Operand): Operand =>
      typeof spacing === "number" ? b.add(base, b.mul(by, b.i32(spacing))) : base;
    const entry = (table: Place | undefined, at: Operand, each: number): Operand =>
      table === undefined ? b.i32(0) : b.add(b.address(table), b.mul(at, b.i32(each)));
    const run = (rows: number, first: number, panels: number): void => {
      if (rows === 0 || panels === 0) return;
      const routine = context.routine(`pack ${type} ${width} ${rows} ${row} ${term}`, () =>
        packRoutine(type, width, rows, row, term),
      );
      const at = b.add(start, b.i32(first));
      b.perform(routine, [
        along(along(from, row, at), term, k),
        entry(rowTable, at, row === "runs" ? 4 / widthOf(type) : 4),
        entry(termTable, k, 4),
        b.i32(panels),
        count,
        b.add(to, b.mul(count, b.i32(first * bytes))),
      ]);
    };
    const whole = length - (length % width);
    run(width, 0, whole / width);
    run(length % width, whole, 1);
  }
}
