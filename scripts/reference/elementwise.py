"""Writes test/reference/elementwise.json: public elementwise functions with first and second derivatives.

    python3 scripts/reference/elementwise.py      # then: npx biome check --write test/reference

Values and derivatives come from mpmath (differences of 60 digits and more, doubled until they settle), so they
share nothing with the rules they test. Points where a convention decides are not here: the conformance suite has them.

Per function a list of rows. One argument: x, f, f', f''. Two: x, y, f, fx, fy, fxx, fxy, fyy.
"""

import json
import math
import random

from mpmath import (acos, acosh, asin, asinh, atan, atanh, atan2, besseli, beta, cos, cosh, digamma,
                    erf, erfc, erfinv, exp, expm1, floor, gamma, hypot, inf, log, log1p, loggamma,
                    mp, mpf, pi, polygamma, root, sin, sinh, sqrt, tan, tanh)

from vectors import OUT, nearest

LN2 = lambda: log(mpf(2))
away = lambda *points: lambda x: min((abs(x - p) for p in points), default=inf)
positive = lambda x: x
smooth = lambda *args: max(mpf(1), *(abs(x) / 1000 for x in args), mpf(0))


def sigmoid(x):
    return 1 / (1 + exp(-x))


def softplus(x):
    return log1p(exp(-abs(x))) + max(x, mpf(0))


def erfcx(x):
    return exp(x * x) * erfc(x)


def ndtr(x):
    return erfc(-x / sqrt(mpf(2))) / 2


def cbrt(x):
    return root(x, 3) if x >= 0 else -root(-x, 3)


def poles(x):
    """Distance to the nearest integer ≤ 0."""
    return x if x > 0 else min(x - floor(x), floor(x) + 1 - x)


def tame(bound):
    generator = random.Random(7)
    return [generator.uniform(-bound, bound) for _ in range(10)]


def within(low, high, count=10):
    generator = random.Random(11)
    return [generator.uniform(low, high) for _ in range(count)]


TINY = [1e-300, -1e-300, 1e-20, -1e-9, 1e-4]
LARGE = [30.0, -30.0, 300.0, -300.0]
SIGNED = [2.5, -2.5, 1e-5, 1e5, -1e5, 1e-100, 1e100]

# name: (function, points, distance to the nearest singularity or kink)
UNARY = {
    "exp": (exp, tame(5) + TINY + [0, 1, 700, -700, -740], smooth),
    "exp2": (lambda x: mpf(2) ** x, tame(5) + TINY + [0, 10, -10, 1000, -1000], smooth),
    "expm1": (expm1, tame(5) + TINY + [0, 700, -700, 1e-15], smooth),
    "log": (log, within(0.01, 9) + [1, 1e-300, 1e-5, 1e5, 1e300, 1 + 1e-10], positive),
    "log1p": (log1p, within(-0.95, 9) + TINY + [0, 1e-15, -1 + 1e-10, 1e300], away(-1)),
    "log2": (lambda x: log(x) / LN2(), within(0.01, 9) + [1, 8, 1e-300, 1e300], positive),
    "log10": (lambda x: log(x) / log(mpf(10)), within(0.01, 9) + [1, 1000, 1e-300, 1e300], positive),
    "sin": (sin, tame(7) + TINY + [0, 100, 1e6, 3.141592653589793], smooth),
    "cos": (cos, tame(7) + TINY + [0, 100, 1e6, 1.5707963267948966], smooth),
    "tan": (tan, tame(1.5) + TINY + [0, 1.57, -1.57, 10], lambda x: abs(cos(x))),
    "asin": (asin, within(-0.99, 0.99) + TINY + [0, 1 - 1e-10, -0.999999], away(-1, 1)),
    "acos": (acos, within(-0.99, 0.99) + TINY + [0, 1 - 1e-10, -0.999999], away(-1, 1)),
    "atan": (atan, tame(5) + TINY + [0, 1, 1e5, -1e5], smooth),
    "sinh": (sinh, tame(5) + TINY + [0, 700, -700], smooth),
    "cosh": (cosh, tame(5) + TINY + [0, 700, -700], smooth),
    "tanh": (tanh, tame(5) + TINY + [0, 15, -15, 30, -30, 300], smooth),
    "asinh": (asinh, tame(5) + TINY + [0, 1e5, -1e5], smooth),
    "acosh": (acosh, within(1.01, 9) + [1 + 1e-8, 1e5, 1e100], away(1)),
    "atanh": (atanh, within(-0.99, 0.99) + TINY + [0, 1 - 1e-10, -0.999999], away(-1, 1)),
    "sqrt": (sqrt, within(0.01, 9) + [1e-300, 1e-5, 1e5, 1e200], positive),
    "cbrt": (cbrt, tame(9) + [1e-100, -1e-5, 1e5, -1e100, 8, -27], away(0)),
    "rsqrt": (lambda x: 1 / sqrt(x), within(0.01, 9) + [1e-100, 1e-5, 1e5, 1e100], positive),
    "square": (lambda x: x * x, tame(5) + [0, 1e-100, 1e100], smooth),
    "reciprocal": (lambda x: 1 / x, tame(5) + [1e-50, -1e-5, 1e100], away(0)),
    "sigmoid": (sigmoid, tame(6) + TINY + LARGE + [0, 700, -700], smooth),
    "softplus": (softplus, tame(6) + TINY + LARGE + [-700], smooth),
    "logSigmoid": (lambda x: -softplus(-x), tame(6) + TINY + LARGE + [700], smooth),
    "silu": (lambda x: x * sigmoid(x), tame(6) + TINY + LARGE + [0], smooth),
    "mish": (lambda x: x * tanh(softplus(x)), tame(6) + TINY + LARGE + [0], smooth),
    "gelu": (lambda x: x * ndtr(x), tame(6) + TINY + [0, 30, -30, -37], smooth),
    "softSign": (lambda x: x / (1 + abs(x)), tame(5) + [1e5, -1e5], away(0)),
    "elu": (lambda x: x if x > 0 else expm1(x), tame(5) + [-30, 30, -1e-9], away(0)),
    "celu": (lambda x: x if x > 0 else expm1(x), tame(5) + [-30, 30, -1e-9], away(0)),
    "selu": (lambda x: mpf("1.0507009873554804934193349852946") * (
        x if x > 0 else mpf("1.6732632423543772848170429916717") * expm1(x)), tame(5) + [-30, 30], away(0)),
    "squareplus": (lambda x: (x + sqrt(x * x + 4)) / 2, tame(5) + [0, 1e5, -1e5], smooth),
    "relu": (lambda x: max(x, mpf(0)), tame(5), away(0)),
    "relu6": (lambda x: min(max(x, mpf(0)), mpf(6)), tame(9), away(0, 6)),
    "leakyRelu": (lambda x: x if x > 0 else x * mpf(0.01), tame(5), away(0)),
    "hardTanh": (lambda x: min(max(x, mpf(-1)), mpf(1)), tame(3), away(-1, 1)),
    "hardSigmoid": (lambda x: min(max(x + 3, mpf(0)), mpf(6)) / 6, tame(5), away(-3, 3)),
    "hardSilu": (lambda x: x * min(max(x + 3, mpf(0)), mpf(6)) / 6, tame(5), away(-3, 3)),
    "logit": (lambda x: log(x / (1 - x)), within(0.01, 0.99) + [0.5, 1e-100, 1e-5, 1 - 1e-10], away(0, 1)),
    "erf": (erf, tame(3) + TINY + [0, 5, -5, 6.5], smooth),
    "erfc": (erfc, tame(3) + TINY + [0, 5, -5, 10, 25], smooth),
    "erfcx": (erfcx, tame(3) + TINY + [0, 5, -5, 10, 25], smooth),
    "erfinv": (erfinv, within(-0.99, 0.99) + TINY[:2] + [1e-9, 0.999999], away(-1, 1)),
    "ndtr": (ndtr, tame(4) + TINY + [0, 8, -8, -20, -37], smooth),
    "logNdtr": (lambda x: log(ndtr(x)), tame(4) + [0, 8, -8, -20, -30], smooth),
    "ndtri": (lambda x: sqrt(mpf(2)) * erfinv(2 * x - 1), within(0.01, 0.99) + [0.5, 1e-5, 1 - 1e-5], away(0, 1)),
    "lgamma": (lambda x: log(abs(gamma(x))), within(0.1, 9) + [1, 2, 1e-10, 30, 1000, -0.5, -1.5, -2.7], poles),
    "gamma": (gamma, within(0.1, 9) + [1, 2, 1e-5, 30, 150, -0.5, -1.5, -2.7], poles),
    "digamma": (digamma, within(0.1, 9) + [1, 2, 1e-5, 30, 1000, -0.5, -1.5, -2.7], poles),
    "sinc": (lambda x: mpf(1) if x == 0 else sin(pi * x) / (pi * x), tame(4) + [0, 1e-9, 1e-4, 1, 2, 100.5], smooth),
    "entr": (lambda x: -x * log(x), within(0.01, 3) + [1, 1e-100, 1e5], positive),
    "i0": (lambda x: besseli(0, x), tame(9) + [0, 1e-9, 30, -300], smooth),
    "i1": (lambda x: besseli(1, x), tame(9) + [0, 1e-9, 30, -300], smooth),
    "i0e": (lambda x: exp(-abs(x)) * besseli(0, x), tame(9) + [30, -300], away(0)),
    "i1e": (lambda x: exp(-abs(x)) * besseli(1, x), tame(9) + [30, -300], away(0)),
    "abs": (abs, tame(5) + [1e-300, 1e300], away(0)),
    "negative": (lambda x: -x, tame(5), smooth),
    "deg2rad": (lambda x: x * pi / 180, tame(360), smooth),
    "rad2deg": (lambda x: x * 180 / pi, tame(7), smooth),
}

pairs = lambda a, b: list(zip(a, b))

BINARY = {
    "add": (lambda x, y: x + y, pairs(tame(5), within(-3, 3)), smooth),
    "subtract": (lambda x, y: x - y, pairs(tame(5), within(-3, 3)), smooth),
    "multiply": (lambda x, y: x * y, pairs(tame(5), within(-3, 3)) + [(0, 2), (1e100, 1e-100)], smooth),
    "divide": (lambda x, y: x / y, pairs(tame(5), within(0.1, 3)) + [(0, 2), (1, -1e-5), (1e100, 1e-50)],
               lambda x, y: abs(y)),
    "power": (lambda x, y: x ** y, pairs(within(0.1, 4), tame(4)) + [(2, 0.5), (1, 3), (1e-5, 2), (10, -30)],
              lambda x, y: x),
    "atan2": (atan2, pairs(tame(5), within(-3, 3)) + [(1, 0), (-1, 0), (1e-5, -2), (1e100, 1)],
              lambda x, y: max(abs(x), abs(y)) if y > 0 else abs(x)),
    "hypot": (hypot, pairs(tame(5), within(-3, 3)) + [(3, 4), (1e-5, 1e5), (0, 2)],
              lambda x, y: max(abs(x), abs(y))),
    "logaddexp": (lambda x, y: log(exp(x) + exp(y)), pairs(tame(5), within(-3, 3)) + [(700, 0), (-700, -710), (30, -30)],
                  smooth),
    "logaddexp2": (lambda x, y: log(mpf(2) ** x + mpf(2) ** y) / LN2(), pairs(tame(5), within(-3, 3)) + [(700, 0)], smooth),
    "xlogy": (lambda x, y: x * log(y), pairs(tame(3), within(0.1, 4)) + [(1, 1), (2, 1e-100)], lambda x, y: y),
    "xlog1py": (lambda x, y: x * log1p(y), pairs(tame(3), within(-0.9, 4)) + [(1, 0), (2, 1e-20)], lambda x, y: y + 1),
    "beta": (beta, pairs(within(0.2, 5), within(0.5, 4)) + [(1, 1), (30, 0.5)], lambda x, y: min(x, y)),
    "betaln": (lambda x, y: loggamma(x) + loggamma(y) - loggamma(x + y),
               pairs(within(0.2, 5), within(0.5, 4)) + [(1, 1), (300, 0.5)], lambda x, y: min(x, y)),
    "maximum": (max, pairs(tame(5), within(-3, 3)), lambda x, y: abs(x - y)),
    "minimum": (min, pairs(tame(5), within(-3, 3)), lambda x, y: abs(x - y)),
    "remainder": (lambda x, y: x - y * floor(x / y), pairs(tame(5), within(0.5, 3)), lambda x, y: min((x / y) % 1, 1 - (x / y) % 1) / 10),
    "fmod": (lambda x, y: x - y * (floor(abs(x / y)) * (1 if x / y > 0 else -1)), pairs(tame(5), within(0.5, 3)),
             lambda x, y: min((x / y) % 1, 1 - (x / y) % 1, abs(x)) / 10),
}


def settled(compute):
    """The list compute() gives, with digits doubled until two agree to 22 digits; what keeps shrinking is 0."""
    digits, last = 60, None
    while digits <= 8000:
        with mp.workdps(digits):
            values = [mpf(v) for v in compute(digits)]
        if last is not None:
            nothing = max(abs(v) for v in values) * mpf(10) ** -700
            alike = lambda a, b: 0 < abs(a) and abs(a - b) <= abs(a) * mpf(10) ** -22 or (
                digits > 1000 and max(abs(a), abs(b)) <= nothing)
            if all(map(alike, values, last)):
                return [mpf(0) if abs(v) <= nothing else v for v in values]
        last, digits = values, digits * 2
    raise ArithmeticError("does not settle")


def unary(f, x, radius):
    def compute(digits):
        at = mpf(x)
        h = mpf(10) ** (-digits // 5) * min(smooth(at), radius(at))
        low, mid, high = f(at - h), f(at), f(at + h)
        return [mid, (high - low) / (2 * h), (high - 2 * mid + low) / (h * h)]
    return settled(compute)


def binary(f, x, y, radius):
    def compute(digits):
        a, b = mpf(x), mpf(y)
        h = mpf(10) ** (-digits // 5) * min(smooth(a, b), radius(a, b))
        at = lambda i, j: f(a + i * h, b + j * h)
        mid = at(0, 0)
        return [
            mid,
            (at(1, 0) - at(-1, 0)) / (2 * h),
            (at(0, 1) - at(0, -1)) / (2 * h),
            (at(1, 0) - 2 * mid + at(-1, 0)) / (h * h),
            (at(1, 1) - at(1, -1) - at(-1, 1) + at(-1, -1)) / (4 * h * h),
            (at(0, 1) - 2 * mid + at(0, -1)) / (h * h),
        ]
    return settled(compute)


def number(value):
    x = nearest(mpf(value))
    return x if math.isfinite(x) else str(x).replace("inf", "Infinity")


def main():
    result = {}
    for name, (f, points, radius) in UNARY.items():
        result[name] = [[float(x), *map(number, unary(f, float(x), radius))] for x in dict.fromkeys(points)]
    for name, (f, points, radius) in BINARY.items():
        result[name] = [[float(x), float(y), *map(number, binary(f, float(x), float(y), radius))]
                        for x, y in dict.fromkeys(points)]
    path = OUT.parent / "elementwise.json"
    path.write_text(json.dumps(result))
    print(f"{path}: {len(result)} functions, {sum(map(len, result.values()))} points")


main()
