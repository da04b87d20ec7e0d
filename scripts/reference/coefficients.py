"""Prints the polynomial coefficients of src/ops/numerics.

Each is the Chebyshev interpolant of the named function at 80 digits, rewritten in powers of the
stated variable and rounded to f64; `tails` is what the rounding of the first two left. The relative
size of the first term left out is printed beside it; raise the degree until that is below 2^-54 of
the part of the result the polynomial makes up.

    python3 scripts/reference/coefficients.py [name ...]
"""

import sys

from mpmath import (besseli, cos, digamma, erf, erfc, erfinv, exp, findroot, fsum, log, loggamma,
                    mp, mpf, nstr, pi, sin, sqrt)

mp.dps = 80


def chebyshev(f, a, b, count):
    """Coefficients of the interpolant of f at `count` Chebyshev nodes of [a, b]."""
    nodes = [cos(pi * (k + mpf(1) / 2) / count) for k in range(count)]
    values = [f((a + b) / 2 + (b - a) / 2 * x) for x in nodes]
    c = [2 * fsum(v * cos(pi * j * (k + mpf(1) / 2) / count) for k, v in enumerate(values)) / count
         for j in range(count)]
    c[0] /= 2
    return c


def powers(c):
    """Chebyshev series to powers of the same variable in [-1, 1]."""
    total = [mpf(0)] * len(c)
    before, current = [mpf(0)], [mpf(1)]
    for j, cj in enumerate(c):
        for i, v in enumerate(current):
            total[i] += cj * v
        step = 1 if j == 0 else 2
        following = [mpf(0)] + [step * v for v in current]
        for i, v in enumerate(before):
            if j > 0:
                following[i] -= v
        before, current = current, following
    return total


def substitute(p, a, b):
    """Powers of t = (2x - a - b)/(b - a) to powers of x."""
    scale, shift = 2 / (b - a), -(a + b) / (b - a)
    out = [mpf(0)]
    for v in reversed(p):
        raised = [mpf(0)] * (len(out) + 1)
        for i, u in enumerate(out):
            raised[i] += u * shift
            raised[i + 1] += u * scale
        raised[0] += v
        out = raised
    return out[:len(p)]


def fit(name, f, a, b, degree, keep_t=False):
    a, b = mpf(a), mpf(b)
    c = chebyshev(f, a, b, degree + 12)
    p = powers(c[:degree + 1])
    if not keep_t:
        p = substitute(p, a, b)
    smallest = min(abs(f(a + (b - a) * k / 20)) for k in range(1, 20))
    print(f"// {name}: degree {degree}, next term {nstr(abs(c[degree + 1]) / smallest, 2)}")
    print("[" + ", ".join(repr(float(v)) for v in p) + "]")
    print("tails", [float(v - mpf(float(v))) for v in p[:2]], "\n")


def erfcx(x):
    if x > 40:
        total = term = mpf(1)
        for k in range(1, 60):
            term *= -(2 * k - 1) / (2 * x * x)
            if abs(term) < mpf(10) ** -60:
                break
            total += term
        return total / (x * sqrt(pi))
    with mp.workdps(60 + int(x * x / 2)):
        return exp(x * x) * erfc(x)


def erfcx_mapped(t):
    x = (4 + 3 * t) / (1 - t)
    return (1 + 2 * x) * erfcx(x)


def inverse_tail(s):
    """y with erfc(y) = exp(-s^2)."""
    c = s * s
    guess = s if s > 1 else mpf("0.5")
    if s > 1.5:
        guess = sqrt(c - log(s * sqrt(pi)))
    return findroot(lambda y: log(erfcx(y)) - y * y + c, guess, tol=mpf(10) ** -40)


def stirling(w):
    x = 1 / sqrt(w)
    with mp.workdps(100):
        delta = loggamma(x) - ((x - mpf(1) / 2) * log(x) - x + log(2 * pi) / 2)
        return (x * delta - mpf(1) / 12) / w


def digamma_tail(w):
    x = 1 / sqrt(w)
    with mp.workdps(100):
        return (log(x) - 1 / (2 * x) - digamma(x) - w / 12) / (w * w)


def scaled_bessel(n, x):
    return besseli(n, x) * exp(-x)


R = log(mpf(2)) / 2 + mpf("1e-4")
S = ((sqrt(mpf(2)) - 1) / (sqrt(mpf(2)) + 1)) ** 2 + mpf("1e-4")
Q = (pi / 4) ** 2 + mpf("1e-4")

FITS = {
    "exp: (e^r - 1 - r - r^2/2)/r^3 in r": lambda n: fit(
        n, lambda r: (exp(r) - 1 - r - r * r / 2) / r**3 if abs(r) > mpf(10)**-12
        else mpf(1) / 6, -R, R, 10),
    "log: (log((1+s)/(1-s)) - 2s - 2s^3/3)/s^5 in z = s^2": lambda n: fit(
        n, lambda z: (log((1 + sqrt(z)) / (1 - sqrt(z))) - 2 * sqrt(z) - 2 * sqrt(z)**3 / 3)
        / sqrt(z)**5, 0, S, 7),
    "sin: (sin u - u)/u^3 in u^2": lambda n: fit(
        n, lambda q: (sin(sqrt(q)) - sqrt(q)) / sqrt(q)**3, 0, Q, 6),
    "cos: (cos u - 1 + u^2/2)/u^4 in u^2": lambda n: fit(
        n, lambda q: (cos(sqrt(q)) - 1 + q / 2) / q**2, 0, Q, 6),
    "erf: erf(x)/x - 1 in x^2": lambda n: fit(
        n, lambda q: erf(sqrt(q)) / sqrt(q) - 1, 0, 1, 12),
    "erfcx: (1+2x) erfcx(x), x >= 1/2, in t = (x-4)/(x+3)": lambda n: fit(
        n, erfcx_mapped, -1, 1, 23, True),
    "erfinv: erfinv(x)/x, |x| <= 0.53, in x^2": lambda n: fit(
        n, lambda q: erfinv(sqrt(q)) / sqrt(q), 0, mpf('0.285'), 7),
    "erfinv tail: y/s with erfc(y) = exp(-s^2), s >= 0.86, in t = (s-3)/(s+1)": lambda n: fit(
        n, lambda t: inverse_tail((3 + t) / (1 - t)) * (1 - t) / (3 + t), mpf("-2.14") / mpf("1.86"),
        mpf("24.3") / mpf("28.3"), 9),
    "stirling: (x Delta(x) - 1/12)/w in w = 1/x^2, x >= 8": lambda n: fit(
        n, stirling, 0, mpf(1) / 64, 7),
    "digamma: (log x - 1/(2x) - psi(x) - w/12)/w^2 in w = 1/x^2, x >= 8": lambda n: fit(
        n, digamma_tail, 0, mpf(1) / 64, 7),
    "lgamma: lgamma(2+z)/z in z, |z| <= 1/2": lambda n: fit(
        n, lambda z: loggamma(2 + z) / z if abs(z) > mpf(10)**-30 else digamma(2), -0.5, 0.5, 19),
    "i0 near 0: (I0(x) - 1)/y in y = x^2/4 <= 1": lambda n: fit(
        n, lambda y: (besseli(0, 2 * sqrt(y)) - 1) / y, 0, 1, 9),
    "i1 near 0: (2 I1(x)/x - 1)/y in y = x^2/4 <= 1": lambda n: fit(
        n, lambda y: (besseli(1, 2 * sqrt(y)) / sqrt(y) - 1) / y, 0, 1, 9),
    "i0e middle: in t = (x-5)/3, 2 <= x <= 8": lambda n: fit(
        n, lambda x: scaled_bessel(0, x), 2, 8, 25, True),
    "i1e middle: in t = (x-5)/3, 2 <= x <= 8": lambda n: fit(
        n, lambda x: scaled_bessel(1, x), 2, 8, 25, True),
    "i0e far: sqrt(x) i0e(x) in t = 16/x - 1, x >= 8": lambda n: fit(
        n, lambda v: scaled_bessel(0, 1 / v) / sqrt(v), 0, mpf(1) / 8, 25, True),
    "i1e far: sqrt(x) i1e(x) in t = 16/x - 1, x >= 8": lambda n: fit(
        n, lambda v: scaled_bessel(1, 1 / v) / sqrt(v), 0, mpf(1) / 8, 25, True),
}

for title, run in FITS.items():
    if len(sys.argv) == 1 or any(word in title for word in sys.argv[1:]):
        run(title)
