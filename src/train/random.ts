/**
 * Random numbers from a key, the same on every machine: Threefry-2x32 with 20 rounds (Salmon et al., "Parallel
 * random numbers: as easy as 1, 2, 3", 2011). A key has no state; `fold` gives other, independent keys.
 */
export class RandomKey {
  private readonly words: readonly [number, number];

  constructor(words: readonly [number, number]) {
    this.words = [words[0] >>> 0, words[1] >>> 0];
  }

  /** The key number `data` (a whole number) made from this one. */
  fold(data: number): RandomKey {
    return new RandomKey(threefry(this.words, counter(data)));
  }

  /** `length` numbers in [0, 1), each of 53 random bits. */
  uniform(length: number): Float64Array {
    return Float64Array.from({ length }, (_, i) => {
      const [high, low] = threefry(this.words, counter(i));
      return ((high >>> 5) * 2 ** 26 + (low >>> 6)) / 2 ** 53;
    });
  }

  /** `length` numbers of the standard normal distribution (Box and Muller 1958). */
  normal(length: number): Float64Array {
    const u = this.uniform(2 * length);
    return Float64Array.from({ length }, (_, i) => {
      const radius = Math.sqrt(-2 * Math.log(1 - (u[2 * i] as number)));
      return radius * Math.cos(2 * Math.PI * (u[2 * i + 1] as number));
    });
  }

  /** 0 … length − 1 in random order (Fisher and Yates). */
  permutation(length: number): number[] {
    const u = this.uniform(length);
    const order = Array.from({ length }, (_, i) => i);
    for (let i = length - 1; i > 0; i--) {
      const j = Math.floor((u[i] as number) * (i + 1));
      [order[i], order[j]] = [order[j] as number, order[i] as number];
    }
    return order;
  }
}

/** The key of a seed: any whole number up to 2⁵³. */
export function randomKey(seed: number): RandomKey {
  return new RandomKey(counter(seed));
}

function counter(value: number): [number, number] {
  return [Math.floor(value / 2 ** 32) >>> 0, value >>> 0];
}

const rotations = [13, 15, 26, 6, 17, 29, 16, 24];

/** The block function: two words from a key and a counter. */
export function threefry(
  key: readonly [number, number],
  block: readonly [number, number],
): [number, number] {
  const keys = [key[0], key[1], (0x1bd11bda ^ key[0] ^ key[1]) >>> 0];
  let x = (block[0] + key[0]) >>> 0;
  let y = (block[1] + key[1]) >>> 0;
  for (let group = 0; group < 5; group++) {
    for (let round = 0; round < 4; round++) {
      const by = rotations[(4 * group + round) % 8] as number;
      x = (x + y) >>> 0;
      y = (((y << by) | (y >>> (32 - by))) ^ x) >>> 0;
    }
    x = (x + (keys[(group + 1) % 3] as number)) >>> 0;
    y = (y + (keys[(group + 2) % 3] as number) + group + 1) >>> 0;
  }
  return [x, y];
}
