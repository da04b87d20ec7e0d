"""Reference values of contractions, filters, diagonals and creation, from NumPy and SciPy.

    python3 scripts/reference/contraction.py

writes test/reference/contraction.json: for each function a list of cases, each the arguments of our
function (tensors as {"shape", "dtype", "data"}) and the expected result. Made with numpy 2.4.6, scipy 1.17.1.
"""

import json
import math
from pathlib import Path

import numpy as np

OUT = Path(__file__).resolve().parents[2] / "test" / "reference" / "contraction.json"
DTYPES = {"float64": "f64", "float32": "f32", "int32": "i32", "uint32": "u32", "bool": "bool"}
cases = {}


def number(x):
    x = x.item() if hasattr(x, "item") else x
    if isinstance(x, float) and not math.isfinite(x):
        return "NaN" if math.isnan(x) else "Infinity" if x > 0 else "-Infinity"
    return int(x) if isinstance(x, bool) or x == int(x) else x


def pack(x):
    if isinstance(x, (np.ndarray, np.generic)):
        x = np.asarray(x)
        return {"shape": list(x.shape), "dtype": DTYPES[str(x.dtype)], "data": [number(v) for v in x.ravel()]}
    if isinstance(x, dict):
        return {key: pack(value) for key, value in x.items()}
    if isinstance(x, (list, tuple)):
        return [pack(value) for value in x]
    return number(x) if isinstance(x, float) else x


def case(name, args, expected):
    """Our call, and what NumPy says: an array, or a list of arrays."""
    several = isinstance(expected, (list, tuple))
    expected = [np.asarray(e) for e in expected] if several else np.asarray(expected)
    cases.setdefault(name, []).append({"args": pack(args), "expected": pack(expected)})


rng = np.random.default_rng(11)


def normal(*shape):
    """Eighths: few digits, and products exact."""
    return np.round(rng.normal(size=shape) * 8) / 8


def integers(*shape):
    return rng.integers(-9, 9, size=shape).astype(np.int32)


def products():
    pairs = [((3,), (3,)), ((2, 3), (3,)), ((3,), (3, 2)), ((2, 3), (3, 4)), ((2, 1, 2, 3), (3, 3, 2)),
             ((4, 2, 3), (4, 3, 1)), ((2, 3), (5, 3, 2)), ((5, 2, 3), (3,)), ((3,), (4, 3, 2)), ((0, 3), (3, 2)),
             ((2, 0), (0, 2)), ((1, 2, 3), (4, 3, 1))]
    for p, q in pairs:
        x, y = normal(*p), normal(*q)
        case("matmul", [x, y], np.matmul(x, y))
    x, y = integers(2, 3), integers(3, 2)
    case("matmul", [x, y], np.matmul(x, y).astype(np.int32))
    x, y = normal(2, 3).astype(np.float32), normal(3, 2).astype(np.float32)
    case("matmul", [x, y], np.matmul(x, y))
    for p, q in [((), (2, 3)), ((3,), (3,)), ((2, 3), (3,)), ((2, 3), (3, 4)), ((2, 3), (4, 3, 2)), ((3,), (4, 3, 2))]:
        x, y = normal(*p), normal(*q)
        case("dot", [x, y], np.dot(x, y))
    for p, q in [((6,), (6,)), ((2, 3), (3, 2)), ((), ())]:
        x, y = normal(*p), normal(*q)
        case("vdot", [x, y], np.vdot(x, y))
    for p, q in [((3,), (3,)), ((2, 3), (3,)), ((2, 3), (4, 5, 3)), ((), (2,))]:
        x, y = normal(*p), normal(*q)
        case("inner", [x, y], np.inner(x, y))
    for p, q in [((3,), (2,)), ((2, 2), (3,)), ((), (2,)), ((0,), (2,))]:
        x, y = normal(*p), normal(*q)
        case("outer", [x, y], np.outer(x, y))
    for p, q, axes in [((2, 3, 4), (3, 4, 2), 2), ((2, 3), (3, 2), 1), ((2,), (3,), 0), ((2, 3, 4), (4, 3, 2), [[0, 1], [2, 1]]),
                       ((2, 3, 4), (4, 5), [-1, 0]), ((2, 3), (5, 3), [[1], [-1]])]:
        x, y = normal(*p), normal(*q)
        case("tensordot", [x, y, axes], np.tensordot(x, y, axes))
    x, y = normal(2, 3, 4), normal(3, 4, 2)
    case("tensordot", [x, y], np.tensordot(x, y))
    for p, q in [((2, 3), (2, 2)), ((3,), (2,)), ((2, 2), (3,)), ((2,), (2, 1, 2)), ((), (2, 2))]:
        x, y = normal(*p), normal(*q)
        case("kron", [x, y], np.kron(x, y))
    for p, q in [((3,), (3,)), ((4, 3), (3,)), ((2, 1, 3), (5, 3))]:
        x, y = normal(*p), normal(*q)
        case("cross", [x, y], np.cross(x, y))
    x, y = normal(3, 2), normal(3, 2)
    case("cross", [x, y, {"axis": 0}], np.cross(x, y, axis=0))
    x, y = normal(4, 2), normal(4, 2)
    case("cross", [x, y], x[:, 0] * y[:, 1] - x[:, 1] * y[:, 0])
    y = normal(3)
    case("cross", [x, y], np.cross(np.concatenate([x, np.zeros((4, 1))], axis=1), y))
    chain = [normal(3), normal(3, 4), normal(4, 2), normal(2)]
    case("multiDot", [chain], np.linalg.multi_dot(chain))
    chain = [normal(5, 2), normal(2, 6), normal(6, 3), normal(3, 4)]
    case("multiDot", [chain], np.linalg.multi_dot(chain))
    case("multiDot", [chain[:1]], chain[0])
    case("multiDot", [chain[:2]], chain[0] @ chain[1])
    x = normal(2, 3, 3)
    for n in (0, 1, 2, 5, 6):
        case("matrixPower", [x, n], np.linalg.matrix_power(x, n))


def einsums():
    table = [("ij,jk->ik", (2, 3), (3, 4)), ("ij,jk", (2, 3), (3, 4)), ("ij,jk->ki", (2, 3), (3, 4)), ("ii", (3, 3)),
             ("ii->i", (3, 3)), ("iij->j", (2, 2, 3)), ("iji->ji", (3, 2, 3)), ("ij->", (2, 3)), ("ij->j", (2, 3)),
             ("ji", (2, 3)), ("i,i", (3,), (3,)), ("i,j->ij", (2,), (3,)), ("i,j", (2,), (3,)), ("i,i->i", (3,), (3,)),
             ("bij,bjk->bik", (2, 3, 2), (2, 2, 3)), ("bij,bkj->bik", (2, 3, 2), (2, 4, 2)), ("...ij,...jk->...ik", (5, 1, 2, 3), (4, 3, 2)),
             ("...i,...i", (4, 3), (3,)), ("i...->...", (3, 2, 2)), ("...", (2, 3)), ("i...,i...->i...", (2, 3), (2, 3)),
             ("...->...", (2, 2)), ("ij,jk,kl->il", (2, 3), (3, 4), (4, 2)), ("ea,fb,abcd,gc,hd->efgh", (2, 2), (2, 2), (2, 2, 2, 2), (2, 2), (2, 2)),
             ("ij,ij,ij->i", (2, 3), (2, 3), (2, 3)), ("i,ij,j->", (2,), (2, 3), (3,)), (",i->i", (), (3,)), ("ijk,kj->i", (2, 3, 4), (4, 3)),
             ("ij,kl->", (2, 2), (2, 2)), ("iij,jj->ij", (2, 2, 3), (3, 3)), (" i j , j k -> i k ", (2, 3), (3, 2)), ("ab,bc->a", (2, 3), (3, 4)),
             ("zA,Ab", (2, 3), (3, 2)), ("ij,jk->ik", (0, 3), (3, 2)), ("ij,jk->ik", (2, 0), (0, 2)), ("bhqd,bhkd->bhqk", (2, 2, 3, 2), (2, 2, 4, 2))]
    for subscripts, *shapes in table:
        operands = [normal(*shape) for shape in shapes]
        case("einsum", [subscripts, *operands], np.einsum(subscripts, *operands))
    x = integers(2, 3)
    case("einsum", ["ij,ij->j", x, x], np.einsum("ij,ij->j", x, x))


def diagonals():
    x, b, v = normal(3, 4), normal(2, 3, 4), normal(3)
    for k in (-3, -2, 0, 1, 3, 5):
        case("diagonal", [x, {"offset": k}], np.diagonal(x, offset=k))
        case("matrixTrace", [x, {"offset": k}], np.trace(x, offset=k))
        case("diag", [x, {"k": k}], np.diag(x, k=k))
        case("diag", [v, {"k": k}], np.diag(v, k=k))
        case("tril", [b, {"k": k}], np.tril(b, k=k))
        case("triu", [b, {"k": k}], np.triu(b, k=k))
        case("eye", [3, 4, {"k": k}], np.eye(3, 4, k=k))
        case("tri", [3, 4, {"k": k}], np.tri(3, 4, k=k))
    case("diagonal", [b], np.diagonal(b))
    case("diagonal", [b, {"axis1": -1, "axis2": 0, "offset": 1}], np.diagonal(b, axis1=-1, axis2=0, offset=1))
    case("matrixTrace", [b, {"axis1": 1, "axis2": 2}], np.trace(b, axis1=1, axis2=2))
    case("diag", [np.zeros(0), {"k": 2}], np.diag(np.zeros(0), k=2))
    case("diag", [np.zeros((0, 3))], np.diag(np.zeros((0, 3))))
    x = integers(3, 3)
    case("tril", [x], np.tril(x))
    case("triu", [x, {"k": 1}], np.triu(x, k=1))
    case("tri", [3], np.tri(3))
    case("eye", [3, {"dtype": "i32"}], np.eye(3, dtype=np.int32))
    case("eye", [0], np.eye(0))
    case("identity", [2, {"dtype": "bool"}], np.identity(2, dtype=bool))


def creation():
    for args in ([5], [0], [2, 7], [1, 2, 0.3], [5, 0, -2], [-3], [0.5, 4], [3, 3]):
        case("arange", args, np.arange(*[float(a) for a in args]))
    case("arange", [2, 9, 3, {"dtype": "i32"}], np.arange(2, 9, 3, dtype=np.int32))
    case("arange", [4, {"dtype": "f32"}], np.arange(4, dtype=np.float32))
    for args in ([0, 1, 11], [2, -3, 6], [0, 10, 11], [1, 2, 1], [1, 2, 0], [-1, 1, 8]):
        case("linspace", args, np.linspace(*args))
        case("linspace", [*args, {"endpoint": False}], np.linspace(*args, endpoint=False))
    case("linspace", [-1.5, 1.5, 4, {"dtype": "i32"}], np.linspace(-1.5, 1.5, 4, dtype=np.int32))
    case("linspace", [0, 1], np.linspace(0, 1))
    x, y = normal(2), normal(3, 2)
    case("linspace", [x, y, 4], np.linspace(x, y, 4))
    case("linspace", [x, y, 4, {"axis": -1}], np.linspace(x, y, 4, axis=-1))
    case("linspace", [0, 1, 3, {"dtype": "f32"}], np.linspace(0, 1, 3, dtype=np.float32))
    x, y, z = normal(2), normal(3), normal(4)
    for indexing in ("xy", "ij"):
        for sparse in (False, True):
            options = {"indexing": indexing, "sparse": sparse}
            case("meshgrid", [[x, y, z], options], np.meshgrid(x, y, z, **options))
    case("meshgrid", [[x]], np.meshgrid(x))
    case("meshgrid", [[x, y]], np.meshgrid(x, y))
    case("indices", [[2, 3]], np.indices((2, 3)).astype(np.int32))
    case("indices", [[2, 0]], np.indices((2, 0)).astype(np.int32))
    v = normal(3)
    case("vander", [v], np.vander(v))
    case("vander", [v, 4, {"increasing": True}], np.vander(v, 4, increasing=True))
    case("zeros", [[2, 3], {"dtype": "i32"}], np.zeros((2, 3), dtype=np.int32))
    case("ones", [[0, 3]], np.ones((0, 3)))
    case("full", [[2, 3], v], np.full((2, 3), v))
    case("full", [[2], 3], np.full(2, 3.0))
    case("full", [[2], True], np.full(2, True))


def filters():
    for p, q in ((5, 3), (5, 2), (2, 5), (3, 3), (1, 4), (4, 1)):
        x, y = normal(p), normal(q)
        for mode in ("full", "same", "valid"):
            case("convolve", [x, y, mode], np.convolve(x, y, mode))
            case("correlate", [x, y, mode], np.correlate(x, y, mode))
    x, y = integers(4), integers(2)
    case("convolve", [x, y], np.convolve(x, y).astype(np.int32))


def spaced():
    for args in ([0, 2, 5], [-1, 1, 4], [3, 1, 3]):
        case("logspace", args, np.logspace(*args))
        case("logspace", [*args, {"base": 2, "endpoint": False}], np.logspace(*args, base=2, endpoint=False))
    for args in ([1, 1000, 4], [8, 0.5, 5], [-2, -32, 5], [1, 2, 1], [3, 7, 6]):
        case("geomspace", args, np.geomspace(*args))
        case("geomspace", [*args, {"endpoint": False}], np.geomspace(*args, endpoint=False))


products()
einsums()
diagonals()
creation()
spaced()
filters()
OUT.parent.mkdir(parents=True, exist_ok=True)
lines = []
for name in sorted(cases):
    rows = ",\n".join("    " + json.dumps(row, separators=(",", ":")) for row in cases[name])
    lines.append(f'  "{name}": [\n{rows}\n  ]')
OUT.write_text("{\n" + ",\n".join(lines) + "\n}\n")
print({name: len(rows) for name, rows in cases.items()})
