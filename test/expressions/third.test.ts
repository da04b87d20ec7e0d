import { describe, expect, it } from "vitest";
import * as ct from "../../src/index.js";
import { grad, jvp, multiply, type Tensor } from "../../src/index.js";

type Unary = (x: Tensor) => Tensor;

/** A function with its first three derivatives in closed form. */
interface Known {
  readonly f: Unary;
  readonly derivatives: (x: number) => readonly [number, number, number, number];
  readonly domain: (x: number) => boolean;
}

const everywhere = (): boolean => true;
const positive = (x: number): boolean => x > 0.05;

const known: Readonly<Record<string, Known>> = {
  sin: {
    f: (x) => ct.sin(x),
    derivatives: (x) => [Math.sin(x), Math.cos(x), -Math.sin(x), -Math.cos(x)],
    domain: everywhere,
  },
  cos: {
    f: (x) => ct.cos(x),
    derivatives: (x) => [Math.cos(x), -Math.sin(x), -Math.cos(x), Math.sin(x)],
    domain: everywhere,
  },
  exp: {
    f: (x) => ct.exp(x),
    derivatives: (x) => [Math.exp(x), Math.exp(x), Math.exp(x), Math.exp(x)],
    domain: (x) => x < 5,
  },
  log: {
    f: (x) => ct.log(x),
    derivatives: (x) => [Math.log(x), 1 / x, -1 / x ** 2, 2 / x ** 3],
    domain: positive,
  },
  sqrt: {
    f: (x) => ct.sqrt(x),
    derivatives: (x) => [Math.sqrt(x), 0.5 * x ** -0.5, -0.25 * x ** -1.5, 0.375 * x ** -2.5],
    domain: positive,
  },
  reciprocal: {
    f: (x) => ct.reciprocal(x),
    derivatives: (x) => [1 / x, -1 / x ** 2, 2 / x ** 3, -6 / x ** 4],
    domain: (x) => Math.abs(x) > 0.1,
  },
  cube: {
    f: (x) => ct.power(x, 3),
    derivatives: (x) => [x ** 3, 3 * x ** 2, 6 * x, 6],
    domain: everywhere,
  },
  "power 2.5": {
    f: (x) => ct.power(x, 2.5),
    derivatives: (x) => [x ** 2.5, 2.5 * x ** 1.5, 3.75 * x ** 0.5, 1.875 * x ** -0.5],
    domain: positive,
  },
  tanh: {
    f: (x) => ct.tanh(x),
    derivatives: (x) => {
      const t = Math.tanh(x);
      const s = 1 - t * t;
      return [t, s, -2 * t * s, s * (6 * t * t - 2)];
    },
    domain: everywhere,
  },
  sigmoid: {
    f: (x) => ct.sigmoid(x),
    derivatives: (x) => {
      const s = 1 / (1 + Math.exp(-x));
      const d = s * (1 - s);
      return [s, d, d * (1 - 2 * s), d * (1 - 6 * d)];
    },
    domain: everywhere,
  },
  atan: {
    f: (x) => ct.atan(x),
    derivatives: (x) => {
      const q = 1 / (1 + x * x);
      return [Math.atan(x), q, -2 * x * q ** 2, (6 * x * x - 2) * q ** 3];
    },
    domain: everywhere,
  },
  erf: {
    f: (x) => ct.erf(x),
    derivatives: (x) => {
      const g = (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x);
      return [Number(ct.erf(x).item()), g, -2 * x * g, (4 * x * x - 2) * g];
    },
    domain: everywhere,
  },
  sinh: {
    f: (x) => ct.sinh(x),
    derivatives: (x) => [Math.sinh(x), Math.cosh(x), Math.sinh(x), Math.cosh(x)],
    domain: (x) => Math.abs(x) < 5,
  },
};

/** Third derivative of f∘g (Faà di Bruno): f‴·g′³ + 3·f″·g′·g″ + f′·g‴, and the sum of the terms' sizes. */
function thirdOf(outer: Known, inner: Known, x: number): { value: number; size: number } {
  const [g, g1, g2, g3] = inner.derivatives(x);
  const [, f1, f2, f3] = outer.derivatives(g);
  const terms = [f3 * g1 ** 3, 3 * f2 * g1 * g2, f1 * g3];
  return {
    value: terms.reduce((a, b) => a + b),
    size: terms.reduce((total, term) => total + Math.abs(term), 1e-12),
  };
}

const forward =
  (f: Unary): Unary =>
  (x) =>
    jvp(f, [x], [1])[1] as Tensor;
const reverse =
  (f: Unary): Unary =>
  (x) =>
    grad(f)(x);

const nestings = [forward, reverse].flatMap((a) =>
  [forward, reverse].flatMap((b) => [forward, reverse].map((c) => [a, b, c] as const)),
);

describe("the third derivative of a composition is Faà di Bruno's, in all eight nestings of the modes", () => {
  for (const [outerName, outer] of Object.entries(known)) {
    it(`of ${outerName} after every other function`, () => {
      let compared = 0;
      for (const [innerName, inner] of Object.entries(known)) {
        const f: Unary = (x) => outer.f(inner.f(x));
        for (const x of [-1.3, -0.4, 0.2, 0.9, 1.7]) {
          if (!inner.domain(x) || !outer.domain(inner.derivatives(x)[0])) continue;
          const { value, size } = thirdOf(outer, inner, x);
          for (const [a, b, c] of nestings) {
            const actual = a(b(c(f)))(x as unknown as Tensor) as unknown as number;
            if (Math.abs(actual - value) > 1e-10 * size)
              expect.fail(`(${outerName} ∘ ${innerName})‴(${x}): expected ${value}, got ${actual}`);
            compared++;
          }
        }
      }
      expect(compared).toBeGreaterThan(200);
    });
  }
});

it("mixed third partials of x·sin(y·z) are the closed forms", () => {
  const f = (x: Tensor, y: Tensor, z: Tensor) => multiply(x, ct.sin(multiply(y, z)));
  const by = (at: 0 | 1 | 2, g: typeof f) => (x: Tensor, y: Tensor, z: Tensor) =>
    grad(g, { argnums: at })(x, y, z);
  const [x, y, z] = [0.7, 1.1, -0.6];
  const [s, c] = [Math.sin(y * z), Math.cos(y * z)];
  const at = (a: 0 | 1 | 2, b: 0 | 1 | 2, d: 0 | 1 | 2) =>
    grad(by(b, by(d, f) as typeof f) as typeof f, { argnums: a })(x, y, z);
  expect(at(0, 1, 2)).toBeCloseTo(c - y * z * s, 13);
  expect(at(2, 1, 0)).toBeCloseTo(c - y * z * s, 13);
  expect(at(1, 1, 2)).toBeCloseTo(x * (-2 * z * s - y * z * z * c), 13);
  expect(at(2, 2, 2)).toBeCloseTo(-x * y ** 3 * c, 13);
  expect(at(0, 0, 1)).toBe(0);
});
