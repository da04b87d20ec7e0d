/**
 * A hash table with linear probing, at most half full (Knuth vol. 3 §6.4), for keys that are not texts: a map by texts
 * takes several times as long. A subclass seeks, and leaves in `hash` and `slot` where what it sought is, or belongs.
 */
export class HashTable<T> {
  protected slots: (T | undefined)[] = new Array<undefined>(64).fill(undefined);
  protected hashes: number[] = new Array<number>(64).fill(0);
  protected hash = 0;
  protected slot = 0;
  private count = 0;

  /** Takes in what was sought last, in place of an equal item. */
  put(item: T): void {
    const { slots, hashes, slot } = this;
    if (slots[slot] === undefined) this.count++;
    slots[slot] = item;
    hashes[slot] = this.hash;
    if (2 * this.count >= slots.length) this.grow();
  }

  private grow(): void {
    const { slots: full, hashes: known } = this;
    const length = 4 * full.length;
    const slots = new Array<T | undefined>(length).fill(undefined);
    const hashes = new Array<number>(length).fill(0);
    for (let i = 0; i < full.length; i++) {
      if (full[i] === undefined) continue;
      const hash = known[i] as number;
      let at = hash & (length - 1);
      while (slots[at] !== undefined) at = (at + 1) & (length - 1);
      slots[at] = full[i];
      hashes[at] = hash;
    }
    this.slots = slots;
    this.hashes = hashes;
  }
}
