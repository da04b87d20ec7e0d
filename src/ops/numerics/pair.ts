/**
 * Numbers of twice the precision: an unevaluated sum hi + lo with |lo| ≤ ½ ulp(hi).
 * Error-free transformations of Knuth, Dekker and Veltkamp (T. J. Dekker, A floating-point technique
 * for extending the available precision, Numer. Math. 18, 1971). Relative errors stay below 2^-98
 * as long as nothing over- or underflows; products split their factors, so those stay below 2^996.
 */
export interface Pair {
  readonly hi: number;
  readonly lo: number;
}

const SPLITTER = 134217729; // 2^27 + 1

export function pair(hi: number, lo = 0): Pair {
  return { hi, lo };
}

/** a + b for |a| ≥ |b|, exactly. */
export function fastTwoSum(a: number, b: number): Pair {
  const hi = a + b;
  return { hi, lo: b - (hi - a) };
}

/** a + b, exactly. */
export function twoSum(a: number, b: number): Pair {
  const hi = a + b;
  const of = hi - a;
  return { hi, lo: a - (hi - of) + (b - of) };
}

/** a · b, exactly. */
export function twoProduct(a: number, b: number): Pair {
  const hi = a * b;
  const wideA = SPLITTER * a;
  const headA = wideA - (wideA - a);
  const tailA = a - headA;
  const wideB = SPLITTER * b;
  const headB = wideB - (wideB - b);
  const tailB = b - headB;
  return { hi, lo: tailA * tailB - (hi - headA * headB - headA * tailB - tailA * headB) };
}

export function negate(a: Pair): Pair {
  return { hi: -a.hi, lo: -a.lo };
}

/** a · 2^k, given the power: exact. */
export function scale(a: Pair, power: number): Pair {
  return { hi: a.hi * power, lo: a.lo * power };
}

export function sum(a: Pair, b: Pair): Pair {
  const { hi, lo } = twoSum(a.hi, b.hi);
  const low = twoSum(a.lo, b.lo);
  const first = fastTwoSum(hi, lo + low.hi);
  return fastTwoSum(first.hi, first.lo + low.lo);
}

export function difference(a: Pair, b: Pair): Pair {
  return sum(a, negate(b));
}

export function plus(a: Pair, b: number): Pair {
  const { hi, lo } = twoSum(a.hi, b);
  return fastTwoSum(hi, lo + a.lo);
}

export function product(a: Pair, b: Pair): Pair {
  const { hi, lo } = twoProduct(a.hi, b.hi);
  return fastTwoSum(hi, lo + (a.hi * b.lo + a.lo * b.hi));
}

export function times(a: Pair, b: number): Pair {
  const { hi, lo } = twoProduct(a.hi, b);
  return fastTwoSum(hi, lo + a.lo * b);
}

export function quotient(a: Pair, b: Pair): Pair {
  const q = a.hi / b.hi;
  const { hi, lo } = twoProduct(q, b.hi);
  return fastTwoSum(q, (a.hi - hi - lo + a.lo - q * b.lo) / b.hi);
}

export function reciprocal(b: Pair): Pair {
  return quotient({ hi: 1, lo: 0 }, b);
}

/** hi + lo, rounded. */
export function rounded(a: Pair): number {
  return a.hi + a.lo;
}
