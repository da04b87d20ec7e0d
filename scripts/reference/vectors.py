"""Writing reference vectors: exact inputs, the true value to 50 digits, rounded once.

A case is one line of numbers: the inputs, the f64 nearest to the true value, and what is left of
the true value in thousandths of an ulp of that f64; then, where the function has zeros of its own,
the scale (see `write`). Numbers are the shortest decimals that read back as the same f64.
"""

import json
import math
import random
from fractions import Fraction
from pathlib import Path

from mpmath import isfinite, isnan, mp, mpf

OUT = Path(__file__).resolve().parents[2] / "test" / "reference" / "special"
DIGITS = 50


def fraction(x):
    sign, man, power, _ = x._mpf_
    value = Fraction(man) * (Fraction(2) ** power)
    return -value if sign else value


def nearest(x):
    """The f64 nearest to x, subnormals included."""
    if isnan(x):
        return math.nan
    if not isfinite(x):
        return math.inf if x > 0 else -math.inf
    if abs(x) < mpf(2) ** -1080:
        return -0.0 if x < 0 else 0.0
    if abs(x) > mpf(2) ** 1030:
        return math.copysign(math.inf, x)
    f = fraction(x)
    try:
        return f.numerator / f.denominator
    except OverflowError:
        return math.copysign(math.inf, x)


def text(x):
    if math.isnan(x):
        return "NaN"
    if math.isinf(x):
        return "Infinity" if x > 0 else "-Infinity"
    if x == int(x) and abs(x) < 1e15:
        return "-0" if x == 0 and math.copysign(1, x) < 0 else str(int(x))
    return repr(x)


def evaluate(f, args):
    """f at the exact arguments; the digits are doubled until two results agree to 35 digits."""
    digits, last = DIGITS, None
    while digits <= 6400:
        with mp.workdps(digits):
            value = f(*[mpf(a) for a in args])
        if not isinstance(value, mpf):
            value = mpf(value)
        if last is not None:
            if not isfinite(value) or value == last or abs(value - last) <= abs(value) * mpf(10) ** -35:
                return value
            if abs(value) < mpf(10) ** -2000:
                return value
        last, digits = value, digits * 2
    raise ArithmeticError(f"{f} does not settle at {args}")


def write(name, f, inputs, exact=(), scale=None):
    """test/reference/special/<name>.json: f at `inputs` and, given whole, the cases `exact`.

    scale(value, *args): errors are measured in ulps of the larger of |value| and this.
    """
    lines, seen = [], set()
    for args in inputs:
        args = args if isinstance(args, tuple) else (args,)
        args = tuple(float(a) for a in args)
        if args in seen:
            continue
        seen.add(args)
        with mp.workdps(DIGITS):
            value = evaluate(f, args)
            hi = nearest(value)
            rest = 0
            if math.isfinite(hi):
                rest = round(float((value - mpf(hi)) / mpf(math.ulp(hi))) * 1000)
            fields = [*map(text, args), text(hi), str(rest)]
            if scale is not None:
                fields.append(text(float(f"{float(scale(value, *args)):.3g}")))
        lines.append(" ".join(fields))
    for args, value in exact:
        args = args if isinstance(args, tuple) else (args,)
        fields = [*map(text, map(float, args)), text(float(value)), "0"]
        lines.append(" ".join(fields + (["0"] if scale is not None else [])))
    OUT.mkdir(parents=True, exist_ok=True)
    body = ",\n".join("    " + json.dumps(line) for line in lines)
    path = OUT / f"{name}.json"
    path.write_text(f'{{\n  "name": "{name}",\n  "cases": [\n{body}\n  ]\n}}\n')
    print(f"{name}: {len(lines)}")


class Draw:
    """Deterministic inputs."""

    def __init__(self, seed):
        self.random = random.Random(seed)

    def uniform(self, low, high, count):
        return [self.random.uniform(low, high) for _ in range(count)]

    def log(self, low, high, count, signs=(1,)):
        """Log-uniform in [low, high], with each sign."""
        a, b = math.log(low), math.log(high)
        values = [math.exp(self.random.uniform(a, b)) for _ in range(count)]
        return [s * v for v in values for s in signs]


def around(*points):
    """Each point and its neighbours, near and a little further."""
    out = []
    for p in points:
        out += [p, math.nextafter(p, math.inf), math.nextafter(p, -math.inf)]
        out += [p + d for d in (1e-9, -1e-9, 1e-4, -1e-4)]
    return out
