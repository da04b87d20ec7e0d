/** Sets of up to this many members are merged again rather than looked up. */
const mergedAgain = 32;

/**
 * Sets of column numbers, each kept once: equal sets have equal ids, so that moving elements moves ids. Set 0 is
 * empty.
 */
export class IndexSets {
  private members = new Int32Array(1024);
  private used = 0;
  /** Where the members of each set start; those of the next end it. */
  private starts = new Int32Array(1024);
  private count = 0;
  /** Open addressing by content: id + 1, or 0 where nothing is. */
  private table = new Int32Array(2048);
  private readonly unions = new Map<string, number>();
  private scratch = new Int32Array(64);
  /** By column: the last union that met it. */
  private readonly met: Int32Array;
  private round = 0;

  constructor(columns: number) {
    this.met = new Int32Array(columns);
    this.intern(0);
  }

  /** The columns of a set, ascending: to be read at once, the memory may move. */
  of(id: number): Int32Array {
    return this.members.subarray(this.starts[id], this.starts[id + 1]);
  }

  single(column: number): number {
    this.scratch[0] = column;
    return this.intern(1);
  }

  union(a: number, b: number): number {
    if (a === b || b === 0) return a;
    if (a === 0) return b;
    const total = this.sizeOf(a) + this.sizeOf(b);
    if (total <= mergedAgain) return this.merged(a, b, total);
    const key = a < b ? `${a},${b}` : `${b},${a}`;
    const known = this.unions.get(key);
    if (known !== undefined) return known;
    const id = this.merged(a, b, total);
    this.unions.set(key, id);
    return id;
  }

  /** The union of `length` sets from place `start` of a list. */
  unionOf(ids: Int32Array, start: number, length: number): number {
    if (length === 0) return 0;
    let first = ids[start] as number;
    if (length === 2) return this.union(first, ids[start + 1] as number);
    let found = 0;
    let previous = 0;
    this.round++;
    for (let i = start; i < start + length; i++) {
      const id = ids[i] as number;
      if (id === previous) continue;
      previous = id;
      if (first === 0) first = id;
      found = this.collect(id, found);
    }
    // one set that holds all others is a set already
    if (found === this.sizeOf(first)) return first;
    const all = this.scratch.subarray(0, found);
    if (found < this.met.length / 16) all.sort();
    else {
      let to = 0;
      for (let column = 0; column < this.met.length; column++)
        if (this.met[column] === this.round) all[to++] = column;
    }
    return this.intern(found);
  }

  private sizeOf(id: number): number {
    return (this.starts[id + 1] as number) - (this.starts[id] as number);
  }

  /** Adds to the scratch memory the members of a set that this round has not met. */
  private collect(id: number, found: number): number {
    const end = this.starts[id + 1] as number;
    this.scratch = grown(this.scratch, found + this.sizeOf(id));
    let to = found;
    for (let i = this.starts[id] as number; i < end; i++) {
      const column = this.members[i] as number;
      if (this.met[column] === this.round) continue;
      this.met[column] = this.round;
      this.scratch[to++] = column;
    }
    return to;
  }

  private merged(a: number, b: number, total: number): number {
    this.scratch = grown(this.scratch, total);
    const { members, scratch, starts } = this;
    const [endA, endB] = [starts[a + 1] as number, starts[b + 1] as number];
    let [i, j, to] = [starts[a] as number, starts[b] as number, 0];
    while (i < endA && j < endB) {
      const [x, y] = [members[i] as number, members[j] as number];
      scratch[to++] = x < y ? x : y;
      if (x <= y) i++;
      if (y <= x) j++;
    }
    while (i < endA) scratch[to++] = members[i++] as number;
    while (j < endB) scratch[to++] = members[j++] as number;
    return this.intern(to);
  }

  /** The set of the first `size` numbers of the scratch memory, ascending and distinct. */
  private intern(size: number): number {
    const { scratch } = this;
    let hash = size;
    for (let i = 0; i < size; i++) hash = Math.imul(hash ^ (scratch[i] as number), 0x01000193);
    // multiplication leaves the low bits poor
    hash ^= hash >>> 15;
    const mask = this.table.length - 1;
    let at = hash & mask;
    for (; this.table[at] !== 0; at = (at + 1) & mask) {
      const id = (this.table[at] as number) - 1;
      if (this.holds(id, size)) return id;
    }
    return this.add(size, at);
  }

  private holds(id: number, size: number): boolean {
    if (this.sizeOf(id) !== size) return false;
    const start = this.starts[id] as number;
    for (let i = 0; i < size; i++) if (this.members[start + i] !== this.scratch[i]) return false;
    return true;
  }

  private add(size: number, at: number): number {
    const id = this.count++;
    this.members = grown(this.members, this.used + size);
    this.members.set(this.scratch.subarray(0, size), this.used);
    this.used += size;
    this.starts = grown(this.starts, id + 2);
    this.starts[id + 1] = this.used;
    this.table[at] = id + 1;
    if (2 * this.count > this.table.length) this.rehash();
    return id;
  }

  private rehash(): void {
    const mask = 2 * this.table.length - 1;
    const table = new Int32Array(mask + 1);
    for (let id = 0; id < this.count; id++) {
      let hash = this.sizeOf(id);
      const end = this.starts[id + 1] as number;
      for (let i = this.starts[id] as number; i < end; i++)
        hash = Math.imul(hash ^ (this.members[i] as number), 0x01000193);
      hash ^= hash >>> 15;
      let at = hash & mask;
      while (table[at] !== 0) at = (at + 1) & mask;
      table[at] = id + 1;
    }
    this.table = table;
  }
}

/** The array, or a longer one with its contents. */
function grown(array: Int32Array<ArrayBuffer>, length: number): Int32Array<ArrayBuffer> {
  if (length <= array.length) return array;
  const longer = new Int32Array(Math.max(length, 2 * array.length));
  longer.set(array);
  return longer;
}
