"""Writes the reference vectors of src/ops/numerics to test/reference/special/*.json (mpmath, 50 digits and more).

    python3 scripts/reference/special.py [name ...]      # then: npx biome check --write test/reference/special
"""

import math
import sys

from mpmath import (besseli, beta, cos, cospi, digamma, erf, erfc, exp, expm1, factorial, fabs,
                    gamma, inf, log, log1p, loggamma, mp, mpf, pi, psi, sin, sinpi, sqrt, zeta)

from vectors import Draw, around, write

NAN, INF = math.nan, math.inf
TINY, MIN, MAX = 5e-324, 2.2250738585072014e-308, 1.7976931348623157e308
ONE = lambda value, *args: 1


# Definitions that mpmath lacks, or that need care far out.

def erfcx(x):
    if x > 1000:
        total = term = mpf(1)
        for k in range(1, 400):
            term *= -(2 * k - 1) / (2 * x * x)
            if fabs(term) < mp.eps:
                break
            total += term
        return total / (x * sqrt(pi))
    return exp(x * x) * erfc(x)


def ndtr(x):
    return erfc(-x / sqrt(2)) / 2


def log_ndtr(x):
    if x < -1000:
        return -x * x / 2 + log(erfcx(-x / sqrt(2)) / 2)
    return log1p(-ndtr(-x)) if x > 0 else log(ndtr(x))


def inverse_erfc(c):
    """Newton's method on log erfc(y) = log c."""
    if c > 1.5:
        return -inverse_erfc(2 - c)
    if c >= 0.5:
        return inverse_erf(1 - c)
    y = sqrt(-log(c))
    for _ in range(200):
        step = (log(erfcx(y)) - y * y - log(c)) * erfcx(y) * sqrt(pi) / 2
        y += step
        if fabs(step) < fabs(y) * mp.eps * 16:
            return y
    raise ArithmeticError(f"no convergence at {c}")


def inverse_erf(x):
    """Newton's method on erf(y) = x, or by the complement where |x| > ½."""
    if fabs(x) > 0.5:
        return inverse_erfc(1 - x)
    y = x * sqrt(pi) / 2
    for _ in range(200):
        step = (x - erf(y)) * exp(y * y) * sqrt(pi) / 2
        y += step
        if fabs(step) < fabs(y) * mp.eps * 16:
            break
    return y


def lgamma(x):
    return loggamma(x) if x > 0 else log(fabs(gamma(x))) if x > -1000 else loggamma(x).real


def betaln(a, b):
    digits = mp.dps
    with mp.workdps(digits + 2 * int(max(1, mp.log10(max(a, b, 1))))):
        return lgamma(a) + lgamma(b) - lgamma(a + b)


def signed_beta(a, b):
    sign = mp.sign(gamma(a)) * mp.sign(gamma(b)) * mp.sign(gamma(a + b)) if min(a, b) < 0 else 1
    return sign * exp(betaln(a, b))


def scaled_bessel(n, x):
    return besseli(n, x) * exp(-fabs(x))


def sigmoid(x):
    return 1 / (1 + exp(-x))


def softplus(x):
    return log1p(exp(x)) if x < 0 else x + log1p(exp(-x))


def logaddexp(a, b):
    return max(a, b) + log1p(exp(-fabs(a - b)))


def logaddexp2(a, b):
    return max(a, b) + log1p(mpf(2) ** -fabs(a - b)) / log(2)


def gelu_tanh(x):
    c = mpf(0.044715)
    return x * sigmoid(sqrt(8 / pi) * (x + c * x**3))


def sinc(x):
    return sinpi(x) / (pi * x) if x else mpf(1)


def sinc_derivative(n, x):
    n = int(n)
    z = pi * x
    if z == 0:
        return pi**n * (cos(n * pi / 2) / (n + 1) if n % 2 == 0 else 0)
    with mp.workdps(mp.dps + n * max(1, int(mp.log10((n + 1) / fabs(z)) + 1)) + 20):
        z = pi * x
        f = sinpi(x) / z
        for k in range(1, n + 1):
            wave = [sinpi, cospi, lambda t: -sinpi(t), lambda t: -cospi(t)][k % 4](x)
            f = (wave - k * f) / z
        return pi**n * f


def sinc_scale(value, n, x):
    """The size of sinc^(n) near x, its zeros aside."""
    n = int(n)
    return max(fabs(value), pi**n * min(mpf(1) / (n + 1), 1 / (pi * fabs(x)) if x else inf))


def polygamma(n, x):
    n = int(n)
    return psi(n, x) if x > 0 else (-1) ** (n + 1) * factorial(n) * hurwitz(n + 1, x)


def polygamma_scale(value, n, x):
    """Between its poles an even derivative passes 0: |x f'(x)| is what half an ulp of x does to it."""
    return max(fabs(value), fabs(mpf(x) * polygamma(n + 1, mpf(x))) if x < 0 else 0)


def hurwitz_scale(value, s, q):
    return max(fabs(value), fabs(s * q * hurwitz(s + 1, mpf(q))) if q < 0 else 0)


def hurwitz(s, q):
    # mpmath aims at an absolute error, and some of its values at q < 0 are wrong.
    steps = int(mp.ceil(-q)) if q < 0 else 0
    with mp.workdps(mp.dps + (int(s * mp.log10(q)) if q > 1 else 0)):
        return mp.fsum((q + k) ** -s for k in range(steps)) + mp.re(zeta(s, q + steps))


def hypot(*xs):
    return sqrt(sum(x * x for x in xs))


# The tables.

def erf_family(d):
    signs = (1, -1)
    points = d.uniform(-6, 6, 200) + d.log(1e-300, 1, 30, signs) + d.uniform(0.4, 1.1, 40)
    points += around(0.5, 1, -1, 6) + [TINY, -TINY, MIN, 5.9, 7, -7, 100]
    write("erf", erf, points, [(-0.0, -0.0), (1e300, 1), (-1e300, -1), (INF, 1), (-INF, -1), (NAN, NAN)])
    tail = d.uniform(0.5, 27.3, 200) + [26, 26.5, 26.54, 26.543, 27, 27.2, 27.22, 28, 30]
    write("erfc", erfc, points + tail, [(0, 1), (-0.0, 1), (1e300, 0), (-1e300, 2), (INF, 0), (-INF, 2), (NAN, NAN)])
    points = d.uniform(-26.7, 10, 200) + d.log(0.1, 1e12, 100) + d.log(1e-20, 0.5, 20, signs)
    points += around(0.5, 1, 4, -1) + [-26.628, -26.7, -30, 9.9e9, 1.01e10, 1e100, 1e300, MAX, TINY]
    write("erfcx", erfcx, points, [(0, 1), (INF, 0), (-INF, INF), (NAN, NAN)])


def erf_inverses(d):
    signs = (1, -1)
    points = d.uniform(-1, 1, 150) + d.log(1e-300, 0.9, 30, signs) + around(0.5, -0.5, 0.75)
    points += [1 - x for x in d.log(1e-16, 0.5, 60)] + [1 - 2**-53, 2**-53 - 1, TINY, MIN]
    write("erfinv", inverse_erf, points,
          [(-0.0, -0.0), (0, 0), (1, INF), (-1, -INF), (1.5, NAN), (-2, NAN), (NAN, NAN)])
    points = d.uniform(0, 2, 120) + d.log(1e-323, 0.5, 120) + [2 - x for x in d.log(1e-15, 0.5, 30)]
    write("erfcinv", inverse_erfc, points + around(0.5, 1, 1.5) + [TINY, MIN],
          [(0, INF), (2, -INF), (-1, NAN), (3, NAN), (NAN, NAN)])
    points = d.uniform(0, 1, 120) + d.log(1e-323, 0.5, 120) + [1 - x for x in d.log(1e-16, 0.5, 30)]
    points += around(0.25, 0.5, 0.75) + [TINY, MIN, 1e-300]
    write("ndtri", lambda p: -sqrt(2) * inverse_erfc(2 * p), points,
          [(0, -INF), (1, INF), (-1, NAN), (2, NAN), (NAN, NAN)])


def normal(d):
    points = d.uniform(-38.6, 9, 250) + d.uniform(-1.5, 1.5, 100) + d.log(1e-300, 1, 15, (1, -1))
    points += around(math.sqrt(0.5), -math.sqrt(0.5)) + [-38, -38.4, -38.5, -39, -45, 8.2, 10]
    write("ndtr", ndtr, points, [(0, 0.5), (1e300, 1), (-1e300, 0), (INF, 1), (-INF, 0), (NAN, NAN)])
    far = d.log(1, 1e154, 60)
    points += [-x for x in far] + [-1e10, -9.9e9, -1.01e10, -1e100, 20, 30, 38]
    write("logNdtr", log_ndtr, points, [(INF, -0.0), (-INF, -INF), (-1e200, -INF), (NAN, NAN)])
    write("gelu", lambda x: x * ndtr(x), [p for p in points if p > -1e4],
          [(0, 0), (INF, INF), (-INF, -0.0), (NAN, NAN), (-1e300, -0.0)])


def gamma_family(d):
    whole = list(range(1, 172))
    points = d.uniform(0, 20, 150) + d.uniform(20, 171.7, 100) + d.log(1e-300, 1, 20, (1, -1)) + whole
    points += d.uniform(-10, 0, 100) + d.uniform(-185, -10, 80) + [171.6243769563027, 172, 1e300]
    points += [n + e for n in (-1, -2, -5, -20, -100) for e in (1e-3, -1e-3, 1e-10, -1e-10, 0.5)]
    points += [5.57e-309, 5.56e-309, -5.57e-309, -190.5, -1000.5]
    write("gamma", gamma, points, [(0, INF), (-0.0, -INF), (-1, NAN), (-2, NAN), (-171, NAN),
                                   (-1e300, NAN), (INF, INF), (-INF, NAN), (NAN, NAN)])
    points = d.uniform(0, 20, 150) + d.log(1e-300, 1e305, 100) + d.log(1e-18, 1e13, 100, (-1,))
    points += d.uniform(-12, 0, 100) + around(0.5, 1.5, 2.5, 8) + [2.55e305, 2.56e305, MAX, TINY, -TINY]
    points += [1 + x for x in d.log(1e-16, 0.4, 40, (1, -1))] + [2 + x for x in d.log(1e-15, 0.4, 40, (1, -1))]
    # The zeros between the poles.
    points += [-2.4570247382208006, -2.7476826467274127, -3.1435808883499798, -3.955294284858598,
               -4.039361839740537, -5.008218168225692, -9.99999972442633, -4503599627370495.5]
    write("lgamma", lgamma, [p for p in points if p not in (1, 2)],
          [(1, 0), (2, 0), (0, INF), (-0.0, INF), (-1, INF), (-7, INF), (-1e300, INF), (INF, INF),
           (-INF, INF), (NAN, NAN)],
          scale=lambda value, x: fabs(value) if x > 0 else max(1, fabs(value)))
    points = d.uniform(0, 20, 150) + d.log(1e-300, 1e305, 100) + d.log(1e-18, 1e13, 100, (-1,))
    points += d.uniform(-12, 0, 100) + around(1.4616321449683623, 8) + [MAX, 1e-308, 1e18, 1.1e18]
    points += [-0.5040830082644554, -1.5734984731623904, -2.6107208684441447, -3.6352933664369010,
               -9.702672540001864, -4503599627370495.5]
    write("digamma", digamma, points,
          [(0, -INF), (-0.0, INF), (-1, NAN), (-7, NAN), (-1e300, NAN), (INF, INF), (-INF, NAN), (NAN, NAN)],
          scale=lambda value, x: max(1, fabs(value)))


def beta_family(d):
    pairs = list(zip(d.uniform(0, 20, 100), d.uniform(0, 20, 100)))
    pairs += list(zip(d.log(1e-5, 1e3, 100), d.log(1e-5, 1e3, 100)))
    pairs += list(zip(d.log(1e-10, 1e15, 100), d.log(1e-10, 1e15, 100)))
    pairs += [(0.5, 1e10), (1e-5, 1e5), (1e10, 1e-3), (1e8, 2e8), (1e15, 1e-15), (7.99, 8.01), (3, 1e200),
              (1e-30, 1e-25), (1e-30, 3), (1e-300, 1e10), (1e-3, 1e300), (8, 8), (20, 1e9), (100, 1e150)]
    negative = [(-0.5, 0.7), (-1.5, 0.7), (-1.5, 4.25), (-3.3, -2.2), (-10.1, 3.5), (-0.5, 20.25), (-20.25, 5.5),
                (-1e-5, 1e-4), (-2.5, 1e-3), (-0.5, 1e10), (-1000000.5, 1000003.25), (-99999999.75, 3.5), (-3.5, 1e300),
                (-2.3, -1000000.4), (-1e-20, 1e9), (-0.5, 1e-300), (-0.25, 1.0), (-1e-250, 3), (-0.5, -1e-300), (-0.7, 1e-250), (-1e-290, 1.5e-290), (-4.5, 2e5), (-12.5, 10.25)]
    negative += [(-x, y) for x, y in zip(d.log(1e-3, 1e4, 40), d.log(1e-3, 1e4, 40))]
    scale = lambda value, a, b: max(1, fabs(value))
    write("betaln", betaln, pairs + [(1e250, 1e250), (1e300, 1e290)] + negative,
          [((1, 1), 0), ((0, 2), INF), ((-1, 3.5), INF), ((-1.5, -2.5), -INF), ((-7.1, 7.1), -INF), ((2, INF), -INF), ((NAN, 1), NAN)], scale)
    write("beta", signed_beta, pairs + negative + [(600, 500), (400, 1e5), (5e5, 1), (1, 1e300)],
          [((1, 1), 1), ((0, 2), INF), ((-1, 3.5), INF), ((-1.5, -2.5), 0), ((-7.1, 7.1), 0), ((2, INF), 0), ((NAN, 1), NAN),
           ((-3, 2), 1 / 6), ((-2, 1), -0.5), ((-2, 3), INF)])


def zeta_family(d):
    pairs = list(zip(d.uniform(1, 10, 120), d.log(1e-3, 1e3, 120)))
    pairs += list(zip(d.log(1.001, 500, 120), d.log(1e-5, 1e8, 120)))
    pairs += [(float(s), q) for s in (2, 3, 4, 7, 20) for q in (1.0, 2.0, 0.5, 10.0, 1e-3, 37.5)]
    pairs += [(1 + 1e-10, 3.5), (1.0000001, 1e20), (2, 1e200), (1.5, 1e29), (1.5, 1e31), (1000, 1.25), (2, 1e-160)]
    pairs += [(float(s), q) for s in (2, 3, 4, 5, 12) for q in (-0.5, -0.25, -1.25, -7.7, -100.5, -3.5, -2.999)]
    pairs = [(s, q) for s, q in pairs if q < 1 or s * math.log10(q) < 330]
    write("zeta", hurwitz, pairs, [((1, 2), INF), ((0.5, 2), NAN), ((2, 0), INF), ((2, -3), INF), ((2.5, -3.5), NAN),
                                ((2, INF), 0), ((2, -INF), NAN), ((NAN, 1), NAN), ((2, NAN), NAN)], hurwitz_scale)
    orders = [1, 2, 3, 4, 5, 8, 13, 20, 21, 22, 35, 60, 100, 171, 300]
    pairs = [(n, x) for n in orders for x in d.log(1e-3, 1e3, 12) + d.uniform(0, 10, 6) + [1.0, 0.5, 10.0]]
    pairs += [(n, x) for n in (1, 2, 3, 4, 7, 10) for x in d.uniform(-6, 0, 12) + d.uniform(-60, -6, 3)]
    pairs += [(1, 1e300), (2, 1e-100), (3, 1e80), (1, 1e-150), (2, -1e-90), (40, -0.5), (41, -0.5), (40, -3.25)]
    write("polygamma", polygamma, pairs,
          [((0, 0), -INF), ((1, 0), INF), ((2, 0), -INF), ((2, -0.0), INF), ((1, -1), INF), ((2, -1), NAN),
           ((-1, 1), NAN), ((1.5, 1), NAN), ((1, INF), 0), ((1, -INF), NAN), ((1, NAN), NAN)], polygamma_scale)


def bessel(d):
    signs = (1, -1)
    points = d.uniform(0, 12, 200) + d.log(1e-300, 0.1, 10, signs) + d.log(10, 700, 60, signs)
    points += around(2, 8) + [0.0, 700, 709, 713, 714, -3.5]
    exact = [(INF, INF), (NAN, NAN)]
    write("i0", lambda x: besseli(0, x), points + [713.98, 720], [(-INF, INF)] + exact)
    write("i1", lambda x: besseli(1, x), points + [713.98, 720], [(-0.0, -0.0), (-INF, -INF)] + exact)
    far = d.log(700, 1e307, 60, signs) + [MAX]
    write("i0e", lambda x: scaled_bessel(0, x), points + far, [(INF, 0), (-INF, 0), (NAN, NAN)])
    write("i1e", lambda x: scaled_bessel(1, x), points + far, [(-0.0, -0.0), (INF, 0), (-INF, -0.0), (NAN, NAN)])


def logistic(d):
    points = d.uniform(-40, 40, 150) + d.uniform(-745, 710, 80) + d.log(1e-300, 1, 20, (1, -1))
    points += [0.0, -700, 700, -708.5, -744, -745.1, -746, -1000, 1000, 36, 37, 745]
    exact = [(INF, INF), (-INF, 0), (NAN, NAN)]
    write("sigmoid", sigmoid, points, [(INF, 1), (-INF, 0), (NAN, NAN)])
    write("softplus", softplus, points, exact)
    write("logSigmoid", lambda x: -softplus(-x), points, [(INF, -0.0), (-INF, -INF), (NAN, NAN)])
    write("silu", lambda x: x * sigmoid(x), points, [(-0.0, -0.0), (INF, INF), (-INF, -0.0), (NAN, NAN)])
    near = d.uniform(-10, 10, 150) + d.uniform(-22, 22, 40) + d.log(1e-300, 1, 10, (1, -1)) + [50, -50, 1e300, -1e300]
    write("geluTanh", gelu_tanh, near, [(0, 0), (INF, INF), (-INF, -0.0), (NAN, NAN)])
    write("log1mexp", lambda x: log(-expm1(x)), d.uniform(-40, 0, 150) + d.log(1e-300, 700, 60, (-1,)) + [-math.log(2)],
          [(0, -INF), (-INF, -0.0), (1, NAN), (NAN, NAN)])
    points = d.uniform(0, 1, 150) + d.log(1e-323, 0.5, 60) + [1 - x for x in d.log(1e-16, 0.5, 40)]
    points += around(0.5, 0.42, 0.58) + [TINY, MIN]
    write("logit", lambda p: log(p / (1 - p)), points, [(0, -INF), (1, INF), (-1, NAN), (2, NAN), (NAN, NAN)])


def sums(d):
    one = lambda value, *args: max(1, fabs(value))
    pairs = list(zip(d.uniform(-5, 5, 150), d.uniform(-5, 5, 150)))
    pairs += list(zip(d.uniform(-800, 800, 80), d.uniform(-800, 800, 80)))
    pairs += [(a, a) for a in d.uniform(-3, 3, 20)] + [(-math.log(2), -math.log(2)), (1e300, -1e300), (-1, -1)]
    pairs += [(a, math.log(-math.expm1(a))) for a in d.uniform(-3, -0.1, 30)]
    exact = [((INF, 1), INF), ((-INF, 1), 1), ((INF, -INF), INF), ((-INF, -INF), -INF), ((INF, INF), INF), ((NAN, 1), NAN),
             ((-INF, NAN), NAN)]
    write("logaddexp", logaddexp, pairs, exact, one)
    write("logaddexp2", logaddexp2, pairs, exact, one)
    points = d.log(1e-320, 1e300, 100) + d.uniform(0, 3, 100) + around(1)
    write("entr", lambda x: -x * log(x), [p for p in points if p != 1],
          [(0, 0), (1, 0), (-1, -INF), (INF, -INF), (NAN, NAN)])
    pairs = list(zip(d.uniform(-3, 3, 100), d.log(1e-300, 1e300, 100))) + list(zip(d.uniform(-3, 3, 60), d.uniform(0, 3, 60)))
    write("xlogy", lambda x, y: x * log(y), pairs,
          [((0, 0), 0), ((0, -1), 0), ((0, INF), 0), ((0, NAN), NAN), ((1, 0), -INF), ((1, -1), NAN)])
    pairs = list(zip(d.uniform(-3, 3, 100), d.log(1e-300, 1e300, 100))) + list(zip(d.uniform(-3, 3, 60), d.uniform(-1, 1, 60)))
    write("xlog1py", lambda x, y: x * log1p(y), pairs,
          [((0, -1), 0), ((0, -2), 0), ((0, INF), 0), ((0, NAN), NAN), ((1, -1), -INF), ((1, -2), NAN)])


def powers(d):
    points = d.uniform(-1080, 1024, 150) + d.uniform(-2, 2, 60) + list(range(-1075, 1025, 50)) + d.log(1e-300, 1, 10, (1, -1))
    write("exp2", lambda x: mpf(2) ** x, points + [1023.9999999999999, -1074.9],
          [(INF, INF), (-INF, 0), (NAN, NAN), (1e300, INF), (-1e300, 0)])
    points = d.log(1e-323, 1e308, 150) + d.uniform(0, 3, 60) + [2.0**k for k in range(-1074, 1024, 60)]
    write("log2", lambda x: log(x) / log(2), [p for p in points if p != 1] + [1 + 2**-52, 1 - 2**-53],
          [(1, 0), (0, -INF), (-1, NAN), (INF, INF), (NAN, NAN)])
    points = [p for p in points if p != 1] + [10.0**k for k in range(1, 23)]
    write("log10", lambda x: log(x) / log(10), points, [(1, 0), (0, -INF), (-1, NAN), (INF, INF), (NAN, NAN)])
    pairs = list(zip(d.log(1e-5, 1e5, 200), d.uniform(-60, 60, 200))) + list(zip(d.log(1e-300, 1e300, 60), d.uniform(-1.1, 1.1, 60)))
    pairs += [(1 + x, y) for x, y in zip(d.log(1e-15, 1e-2, 60, (1, -1)), d.log(1, 1e15, 120))]
    pairs += [(float(b), float(n)) for b in (2, 3, 5, 7, 10, -2, -3, -1.5) for n in (0, 1, 2, 3, 5, 10, 15, 22, -1, -2)]
    pairs += [(1e-320, 0.5), (4, 0.5), (2, -1074), (2, -1073.5), (2, 1023.99), (1.5, 1e300), (0.5, 1e300), (-1.5, 1e300)]
    exact = [((0, 0), 1), ((NAN, 0), 1), ((1, NAN), 1), ((1, INF), 1), ((-1, INF), 1), ((-1, -INF), 1), ((0, -1), INF),
             ((-0.0, -1), -INF), ((-0.0, -2), INF), ((-0.0, 3), -0.0), ((0, 2), 0), ((0, INF), 0), ((0, -INF), INF),
             ((0.5, INF), 0), ((0.5, -INF), INF), ((2, INF), INF), ((2, -INF), 0), ((INF, 2), INF), ((INF, -2), 0),
             ((-INF, 3), -INF), ((-INF, 2), INF), ((-INF, -3), -0.0), ((-8, 0.5), NAN), ((-8, 1 / 3), NAN), ((NAN, 1), NAN),
             ((2, NAN), NAN)]
    write("pow", lambda x, y: mpf(x) ** (int(y) if y == int(y) and abs(y) < 1e6 else y) if x > 0 or abs(y) < 1e6
          else abs(x) ** y, pairs, exact)
    tuples = list(zip(d.log(1e-320, 1e307, 80), d.log(1e-320, 1e307, 80))) + list(zip(d.uniform(-9, 9, 80), d.uniform(-9, 9, 80)))
    tuples += [(3, 4), (1e300, 1e300), (1e-310, 1e-310), (0.0, 5e-324), (-0.0, -3)]
    write("hypot", hypot, tuples, [((0, 0), 0), ((INF, NAN), INF), ((-INF, 1), INF), ((NAN, 1), NAN)])


def sine_family(d):
    signs = (1, -1)
    points = d.uniform(-3, 3, 150) + d.log(1e-300, 1e15, 80, signs) + around(0.25, 0.5, 0.75, 1, 100)
    points += [0.5, 1.5, 2.5, 1e6 + 0.5, 4503599627370495.5, TINY]
    write("sinpi", sinpi, [p for p in points if p != int(p)],
          [(-0.0, -0.0), (0, 0), (1, 0), (-1, -0.0), (1e300, 0), (INF, NAN), (NAN, NAN)])
    write("cospi", cospi, [p for p in points if 2 * p != int(2 * p)],
          [(0, 1), (1, -1), (2, 1), (0.5, 0), (-1.5, 0), (1e300, 1), (INF, NAN), (NAN, NAN)])
    write("sinc", sinc, [p for p in points if p != int(p)], [(0, 1), (-0.0, 1), (1, 0), (-3, 0), (INF, 0), (-INF, 0), (NAN, NAN)])
    pairs = [(n, x) for n in (0, 1, 2, 3, 4, 5, 6, 9, 20) for x in d.uniform(-3, 3, 25) + d.log(1e-12, 100, 12)
             if x != int(x)]
    pairs += [(n, x) for n in (1, 2, 3, 8) for x in (n / math.pi, 1.0, 0.5, 1e6, 1e-300, 1e17, -1e100, -3e290, 1e305)]
    write("sincDerivative", sinc_derivative, pairs,
          [((1, 0), 0), ((3, 0), 0), ((0, 0), 1), ((2, INF), 0), ((1, INF), 0), ((1, NAN), NAN), ((-1, 1), NAN), ((0.5, 1), NAN)], sinc_scale)


TABLES = [erf_family, erf_inverses, normal, gamma_family, beta_family, zeta_family, bessel, logistic, sums, powers, sine_family]
for seed, table in enumerate(TABLES):
    if len(sys.argv) == 1 or any(word in table.__name__ for word in sys.argv[1:]):
        table(Draw(seed))
