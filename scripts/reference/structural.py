"""Reference values of reductions, running, structural, indexing and sorting operations, from NumPy and SciPy.

    python3 scripts/reference/structural.py

writes test/reference/structural.json: for each function a list of cases, each the arguments of our
function (tensors as {"shape", "dtype", "data"}) and the expected result. Made with numpy 2.4.6, scipy 1.17.1.
"""

import json
import math
from pathlib import Path

import numpy as np
from scipy import special

OUT = Path(__file__).resolve().parents[2] / "test" / "reference" / "structural.json"
DTYPES = {"float64": "f64", "float32": "f32", "int32": "i32", "int64": "i32", "uint32": "u32", "bool": "bool"}
cases = {}


def number(x):
    x = x.item() if hasattr(x, "item") else x
    if isinstance(x, float) and not math.isfinite(x):
        return "NaN" if math.isnan(x) else "Infinity" if x > 0 else "-Infinity"
    return int(x) if isinstance(x, bool) or x == int(x) else x


def pack(x):
    if isinstance(x, np.ndarray) or isinstance(x, np.generic):
        x = np.asarray(x)
        return {"shape": list(x.shape), "dtype": DTYPES[str(x.dtype)], "data": [number(v) for v in x.ravel()]}
    if isinstance(x, dict):
        return {key: pack(value) for key, value in x.items()}
    if isinstance(x, (list, tuple)):
        return [pack(value) for value in x]
    return number(x) if isinstance(x, float) else x


def case(name, args, expected):
    """Our call, and what NumPy says: an array, or a list of arrays."""
    expected = [np.asarray(e) for e in expected] if isinstance(expected, (list, tuple)) else np.asarray(expected)
    cases.setdefault(name, []).append({"args": pack(args), "expected": pack(expected)})


rng = np.random.default_rng(7)
nan, inf = math.nan, math.inf
a = np.round(rng.normal(size=(3, 4)) * 4) / 4
b = np.round(rng.normal(size=(2, 3, 4)) * 8) / 8
i = rng.integers(-9, 9, size=(3, 4)).astype(np.int32)
t = rng.integers(0, 2, size=(3, 4)).astype(bool)
holes = a.copy()
holes[1, 2] = nan
ends = np.array([[inf, 1.0, -inf], [0.0, -inf, 2.0]])
empty = np.zeros((0, 3))


def reductions():
    table = {"sum": np.sum, "mean": np.mean, "prod": np.prod, "max": np.max, "min": np.min, "ptp": np.ptp}
    for name, f in table.items():
        for x in (a, b, holes, ends):
            case(name, [x], f(x))
            case(name, [x, {"axis": 0}], f(x, axis=0))
            case(name, [x, {"axis": -1, "keepdims": True}], f(x, axis=-1, keepdims=True))
        case(name, [b, {"axis": [0, -1]}], f(b, axis=(0, -1)))
        case(name, [empty, {"axis": 1}], f(empty, axis=1))
    for name, f in {"sum": np.sum, "prod": np.prod}.items():
        case(name, [i, {"axis": 1}], f(i, axis=1).astype(np.int32))
        case(name, [t], np.int32(f(t)))
        case(name, [empty, {"axis": 0}], f(empty, axis=0))
    for name, f in {"sum": np.sum, "mean": np.mean, "prod": np.prod}.items():
        case(name, [a, {"axis": 0, "where": t}], f(a, axis=0, where=t) if name != "mean" else np.mean(a, axis=0, where=t))
    case("mean", [i], np.mean(i))
    case("mean", [t, {"axis": 0}], np.mean(t, axis=0))
    for name, f, start in (("max", np.max, -1.5), ("min", np.min, 1.5)):
        case(name, [i, {"axis": 0}], f(i, axis=0))
        case(name, [t, {"axis": 0}], f(t, axis=0))
        case(name, [a, {"axis": 0, "initial": start, "where": t}], f(a, axis=0, initial=start, where=t))
        case(name, [empty, {"axis": 0, "initial": start}], f(empty, axis=0, initial=start))
    for name, f in {"argmax": np.argmax, "argmin": np.argmin}.items():
        for x in (a, b, holes, ends, i, t):
            case(name, [x], f(x))
            case(name, [x, {"axis": 0}], f(x, axis=0))
            case(name, [x, {"axis": -1, "keepdims": True}], f(x, axis=-1, keepdims=True))
    for name, f in {"any": np.any, "all": np.all}.items():
        for x in (a, t, holes, empty):
            case(name, [x], f(x))
            case(name, [x, {"axis": 0}], f(x, axis=0))
        case(name, [a, {"axis": 1, "where": t}], f(a, axis=1, where=t))
    for x in (a, i, t, holes):
        case("countNonzero", [x, {"axis": 0}], np.count_nonzero(x, axis=0).astype(np.int32))


def running():
    for name, f in {"cumsum": np.cumsum, "cumprod": np.cumprod}.items():
        for x in (a, b, holes):
            case(name, [x], f(x))
            case(name, [x, {"axis": 1}], f(x, axis=1))
            case(name, [x, {"axis": 0, "reverse": True}], f(x[::-1], axis=0)[::-1])
        case(name, [i, {"axis": 0}], f(i, axis=0).astype(np.int32))
        case(name, [t, {"axis": 0}], f(t, axis=0).astype(np.int32))
        case(name, [empty, {"axis": 0}], f(empty, axis=0))
    for n in (0, 1, 2, 5):
        case("diff", [b, {"n": n}], np.diff(b, n=n))
    case("diff", [a, {"axis": 0, "prepend": 0.5, "append": a}], np.diff(a, axis=0, prepend=0.5, append=a))


def structure():
    case("ravel", [b], np.ravel(b))
    case("expandDims", [a, 0], np.expand_dims(a, 0))
    case("expandDims", [a, [0, -1]], np.expand_dims(a, (0, -1)))
    case("squeeze", [a.reshape(1, 3, 1, 4)], a)
    case("squeeze", [a.reshape(1, 3, 1, 4), 0], a.reshape(3, 1, 4))
    case("moveaxis", [b, 0, -1], np.moveaxis(b, 0, -1))
    case("moveaxis", [b, [0, 2], [1, 0]], np.moveaxis(b, (0, 2), (1, 0)))
    case("swapaxes", [b, 0, -1], np.swapaxes(b, 0, -1))
    case("concatenate", [[a, a, a[:1]]], np.concatenate([a, a, a[:1]]))
    case("concatenate", [[a, i], {"axis": -1}], np.concatenate([a, i], axis=-1))
    case("stack", [[a, i], {"axis": 1}], np.stack([a, i], axis=1))
    v = a[0]
    for name, f in {"hstack": np.hstack, "vstack": np.vstack, "dstack": np.dstack}.items():
        case(name, [[v, v]], f([v, v]))
        case(name, [[a, a]], f([a, a]))
        case(name, [[b, b]], f([b, b]))
        case(name, [[np.float64(1.5), np.float64(2.5)]], f([1.5, 2.5]))
    for name, f in {"atLeast1d": np.atleast_1d, "atLeast2d": np.atleast_2d, "atLeast3d": np.atleast_3d}.items():
        for x in (np.float64(2.5), v, a, b):
            case(name, [x], f(x))
    case("flip", [b], np.flip(b))
    case("flip", [b, [0, 2]], np.flip(b, (0, 2)))


def indexing():
    case("take", [a, [5, -1, 0, 5]], np.take(a, [5, -1, 0, 5]))
    case("take", [b, np.int32([[1, -2], [0, 1]]), {"axis": 1}], np.take(b, [[1, -2], [0, 1]], axis=1))
    case("take", [i, 2, {"axis": -1}], np.take(i, 2, axis=-1))
    case("take", [t, np.int32([[0, 2]]), {"axis": 0}], np.take(t, [[0, 2]], axis=0))
    case("take", [a, [0, 9], {"axis": 0, "mode": "clip"}], np.take(a, [0, 9], axis=0, mode="clip"))
    far = np.take(a, [0, 2, 0], axis=0)
    far[[0, 2]] = nan
    case("take", [a, [3, 2, -4], {"axis": 0, "mode": "fill"}], far)
    order = np.argsort(a, axis=1).astype(np.int32)
    case("takeAlongAxis", [a, order], np.take_along_axis(a, order, 1))
    case("takeAlongAxis", [b, order[:1, :1].reshape(1, 1, 1), {"axis": 2}], np.take_along_axis(b, order[:1, :1].reshape(1, 1, 1), 2))
    case("takeAlongAxis", [a, np.argmax(a, 0, keepdims=True).astype(np.int32), {"axis": 0}], np.take_along_axis(a, np.argmax(a, 0, keepdims=True), 0))
    put = a.copy()
    np.put_along_axis(put, order[:, :2], 9.5, 1)
    case("putAlongAxis", [a, order[:, :2], 9.5], put)
    rows, columns = np.int32([2, 0, 2, -1]), np.int32([1, 1, 1, -4])
    pairs = np.stack([rows, columns], -1)
    case("gather", [a, pairs], a[rows, columns])
    case("gather", [b, pairs, {"axes": [1, 2]}], np.moveaxis(b[:, rows, columns], 0, -1))
    case("gather", [b, rows[:, None] // 2], b[rows // 2])
    batched = rng.integers(-3, 3, size=(2, 5, 1)).astype(np.int32)
    case("gather", [b, batched, {"batch": 1}], np.stack([b[n][batched[n, :, 0]] for n in range(2)]))
    u = np.float64([1.5, -2.0, 0.25, 4.0])
    for name, f in {"scatterAdd": np.add, "scatterMul": np.multiply, "scatterMin": np.minimum, "scatterMax": np.maximum}.items():
        into = a.copy()
        f.at(into, (rows, columns), u)
        case(name, [a, pairs, u], into)
        into = b.copy()
        f.at(into, (slice(None), slice(None), columns), u)
        case(name, [b, columns[:, None], np.broadcast_to(u[:, None, None], (4, 2, 3)), {"axes": [2]}], into)
    into = a.copy()
    into[rows, columns] = u
    case("scatter", [a, pairs, u], into)
    into = a.copy()
    into[[0, 2]] = np.float64(7)
    case("scatter", [a, np.int32([[0], [2]]), 7], into)
    case("bincount", [np.int32([3, 1, 3, 0]), {"length": 5}], np.bincount([3, 1, 3, 0], minlength=5).astype(np.int32))
    case("bincount", [np.int32([3, 1, 3, 0]), {"length": 5, "weights": u}], np.bincount([3, 1, 3, 0], weights=u, minlength=5))
    case("segmentSum", [a, np.int32([1, 0, 1]), {"numSegments": 3}], np.stack([a[1], a[0] + a[2], a[0] * 0]))


def sorting():
    ties = np.float64([[2, 1, nan, 1, 2], [0, nan, -inf, inf, 0]])
    for x in (a, b, i, ties, empty):
        case("sort", [x], np.sort(x, kind="stable"))
        case("sort", [x, {"axis": 0}], np.sort(x, axis=0, kind="stable"))
        case("sort", [x, {"axis": None}], np.sort(x, axis=None, kind="stable"))
        case("argsort", [x], np.argsort(x, kind="stable").astype(np.int32))
        case("argsort", [x, {"axis": 0}], np.argsort(x, axis=0, kind="stable").astype(np.int32))
    for x in (a, i, ties):
        down = np.argsort(-x.astype(float), kind="stable").astype(np.int32)
        case("argsort", [x, {"descending": True}], down)
        case("sort", [x, {"descending": True}], np.take_along_axis(x, down, -1))
        case("topK", [x, 3], [np.take_along_axis(x, down, -1)[:, :3], down[:, :3]])
        down = np.argsort(-x.astype(float), axis=0, kind="stable").astype(np.int32)
        case("topK", [x, 2, {"axis": 0}], [np.take_along_axis(x, down, 0)[:2], down[:2]])
    line = np.float64([-1, 0, 0, 2, nan, nan])
    for side in ("left", "right"):
        for at in (np.float64([[-inf, -1, 0], [0.5, inf, nan]]), np.float64(0)):
            case("searchsorted", [line, at, {"side": side}], np.searchsorted(line, at, side).astype(np.int32))


def arranging():
    for shift, axis in ((2, None), (-5, None), (1, 0), (-1, 1), ((1, 2), (0, -1))):
        options = {} if axis is None else {"axis": list(axis) if isinstance(axis, tuple) else axis}
        case("roll", [b, list(shift) if isinstance(shift, tuple) else shift, options], np.roll(b, shift, axis))
    for k in range(-1, 5):
        case("rot90", [a, k], np.rot90(a, k))
    case("rot90", [b, 1, {"axes": [2, 0]}], np.rot90(b, 1, (2, 0)))
    for reps in (2, [2, 1], [2, 0, 1], [1, 2, 1, 2]):
        case("tile", [b, reps], np.tile(b, reps))
    case("repeat", [b, 2], np.repeat(b, 2))
    case("repeat", [b, 2, {"axis": 1}], np.repeat(b, 2, axis=1))
    case("repeat", [b, [1, 0, 3], {"axis": 1}], np.repeat(b, [1, 0, 3], axis=1))
    for parts in (2, [1, 3], [3, 1, -1]):
        case("split", [b, parts, {"axis": 2}], np.split(b, parts, axis=2))
    for parts in (3, 5):
        case("arraySplit", [b, parts, {"axis": 2}], np.array_split(b, parts, axis=2))
    rows, columns = np.int32([[2, 0], [-1, 1]]), np.int32([0, -2])
    case("index", [b, 1], b[1])
    case("index", [b, -1, "1:3", "::-2"], b[-1, 1:3, ::-2])
    case("index", [b, "...", None, 0], b[..., None, 0])
    case("index", [b, None, [None, None, -1], "...", [1, -1]], b[None, ::-1, ..., 1:-1])
    case("index", [b, "5:", "..."], b[5:, ...])
    case("index", [b, ":", rows], b[:, rows])
    case("index", [b, ":", rows, columns], b[:, rows, columns])
    case("index", [b, columns, ":", columns], b[columns, :, columns])
    case("index", [b, "...", None, columns, "::2"], b[..., None, columns, ::2])
    put = b.copy()
    put[:, 1:, ::2] = 7.5
    case("indexUpdate", [b, [":", "1:", "::2"], 7.5], put)
    put = b.copy()
    np.add.at(put, (slice(None), np.array([1, 1]), -1), b[:, :2, 0])
    case("indexUpdate", [b, [":", np.int32([1, 1]), -1], b[:, :2, 0], {"combine": "add"}], put)


def padding():
    widths = [[1, 2], [5, 9]]
    numpy_widths = ((1, 2), (5, 9))
    case("pad", [a, 1], np.pad(a, 1))
    case("pad", [a, [2, 1], {"constantValues": 3.5}], np.pad(a, (2, 1), constant_values=3.5))
    values = [[1.5, 2.5], [3.5, 4.5]]
    case("pad", [a, widths, {"constantValues": values}], np.pad(a, numpy_widths, constant_values=values))
    case("pad", [i, widths, {"mode": "edge"}], np.pad(i, numpy_widths, mode="edge"))
    for mode in ("edge", "reflect", "symmetric", "wrap", "maximum", "minimum", "mean", "median"):
        case("pad", [a, widths, {"mode": mode}], np.pad(a, numpy_widths, mode=mode))
        case("pad", [a[:1, :1], 2, {"mode": mode}], np.pad(a[:1, :1], 2, mode=mode))
    for mode in ("reflect", "symmetric"):
        case("pad", [a, widths, {"mode": mode, "reflectType": "odd"}], np.pad(a, numpy_widths, mode=mode, reflect_type="odd"))
    for mode in ("maximum", "minimum", "mean", "median"):
        case("pad", [a, widths, {"mode": mode, "statLength": [2, 3]}], np.pad(a, numpy_widths, mode=mode, stat_length=(2, 3)))
    case("pad", [a, widths, {"mode": "linearRamp", "endValues": [-1, 2]}], np.pad(a, numpy_widths, mode="linear_ramp", end_values=(-1, 2)))


def statistics():
    for name, f in {"variance": np.var, "std": np.std}.items():
        for x in (a, b, holes, i):
            case(name, [x], f(x))
            case(name, [x, {"axis": 0, "ddof": 1}], f(x, axis=0, ddof=1))
            case(name, [x, {"axis": [0, -1], "keepdims": True}], f(x, axis=(0, -1), keepdims=True))
        case(name, [a, {"axis": 1, "where": t, "ddof": 0.5}], f(a, axis=1, where=t, ddof=0.5))
    w = np.abs(a) + 0.25
    case("average", [a, {"weights": w}], np.average(a, weights=w))
    case("average", [a, {"weights": w, "axis": 1, "keepdims": True}], np.average(a, weights=w, axis=1, keepdims=True))
    case("average", [b, {"weights": w[:, 0], "axis": 1}], np.average(b, weights=w[:, 0], axis=1))
    for name, f in {"nansum": np.nansum, "nanmean": np.nanmean}.items():
        case(name, [holes, {"axis": 0}], f(holes, axis=0))
    for x in (a, b, holes, i):
        case("median", [x], np.median(x))
        case("median", [x, {"axis": 0, "keepdims": True}], np.median(x, axis=0, keepdims=True))
        for method in ("linear", "lower", "higher", "nearest", "midpoint"):
            case("quantile", [x, 0.3, {"axis": -1, "method": method}], np.quantile(x, 0.3, axis=-1, method=method).astype(float))
    case("quantile", [b, [0, 0.5, 1], {"axis": [0, 2]}], np.quantile(b, [0, 0.5, 1], axis=(0, 2)))


def exponentials():
    big = np.array([[1000.0, 999.5, -inf], [-1000.0, -1000.0, -2000.0], [0.0, -40.0, -60.0]])
    for x in (a, b, i.astype(float), big, ends[:, 1:]):
        for options, axis in (({}, -1), ({"axis": 0}, 0), ({"axis": [0, 1]}, (0, 1))):
            case("softmax", [x, options], special.softmax(x, axis=axis))
            case("logSoftmax", [x, options], special.log_softmax(x, axis=axis))
        case("logsumexp", [x], special.logsumexp(x))
        case("logsumexp", [x, {"axis": 0, "keepdims": True}], special.logsumexp(x, axis=0, keepdims=True))
        case("logmeanexp", [x, {"axis": 1}], special.logsumexp(x, axis=1) - np.log(x.shape[1]))
        case("logcumsumexp", [x, {"axis": -1}], np.logaddexp.accumulate(x, axis=-1))
    weights = np.abs(i).astype(float)
    case("logsumexp", [a, {"b": weights, "axis": 1}], special.logsumexp(a, b=weights, axis=1))
    case("logsumexp", [a, {"b": 2.5}], special.logsumexp(a, b=2.5))
    case("logcumsumexp", [a, {"axis": 0, "reverse": True}], np.logaddexp.accumulate(a[::-1], axis=0)[::-1])


def records():
    for name, f in {"cummax": np.maximum, "cummin": np.minimum}.items():
        for x in (a, holes, i, t, ends):
            case(name, [x, {"axis": 1}], f.accumulate(x, axis=1))
            case(name, [x, {"axis": 0, "reverse": True}], f.accumulate(x[::-1], axis=0)[::-1])
        case(name, [b], f.accumulate(b.ravel()))


def norms():
    for x in (a, b, i, holes):
        for ord in (2, 1, inf, -inf, 0, 3, 0.5, -1):
            case("norm", [x, {"ord": ord}], np.linalg.norm(x.astype(float).ravel(), ord))
        case("norm", [x, {"axis": 1, "keepdims": True}], np.linalg.norm(x, axis=1, keepdims=True))
    case("norm", [a * 1e200], np.linalg.norm(a) * 1e200)
    case("norm", [a * 1e-200], np.linalg.norm(a) * 1e-200)
    case("norm", [b, {"ord": "fro", "axis": [1, 2]}], np.linalg.norm(b, "fro", axis=(1, 2)))
    case("norm", [np.float64([3e-320, 4e-320])], 5e-320)
    case("standardize", [a], (a - a.mean(-1, keepdims=True)) / np.sqrt(a.var(-1, keepdims=True) + 1e-5))
    case("standardize", [a, {"axis": 0, "epsilon": 0.5, "mean": 1}], (a - 1) / np.sqrt(a.var(0) + 0.5))
    case("oneHot", [np.int32([1, -1, 3]), 3], np.eye(3)[[1, 0, 0]] * np.float64([[1], [0], [0]]))
    case("oneHot", [np.int32([[0, 1]]), 2, {"axis": 1, "dtype": "bool"}], np.array([[[True, False], [False, True]]]))


reductions()
running()
structure()
indexing()
sorting()
arranging()
padding()
statistics()
exponentials()
records()
norms()
OUT.parent.mkdir(parents=True, exist_ok=True)
lines = []
for name in sorted(cases):
    rows = ",\n".join("    " + json.dumps(row, separators=(",", ":")) for row in cases[name])
    lines.append(f'  "{name}": [\n{rows}\n  ]')
OUT.write_text("{\n" + ",\n".join(lines) + "\n}\n")
print({name: len(rows) for name, rows in cases.items()})
