import { expTimes } from "./exp.js";
import { fastTwoSum, type Pair, pair, quotient, rounded, times, twoProduct } from "./pair.js";
import { polynomial, polynomialPair } from "./polynomial.js";

/**
 * The modified Bessel functions of the first kind, in three pieces (scripts/reference/coefficients.py):
 * near 0 in y = x²/4 ≤ 1, in the middle in t = (x − 5)/3, far out √x e^−x I(x) in t = 16/x − 1.
 */
interface Pieces {
  readonly near: readonly number[];
  readonly middle: readonly number[];
  readonly middleTails: readonly number[];
  readonly far: readonly number[];
  readonly farTails: readonly number[];
}

const ZERO: Pieces = {
  near: [
    1.0, 0.25, 0.02777777777777777, 0.0017361111111112157, 6.944444444376412e-5,
    1.9290123482164546e-6, 3.9367593132159975e-8, 6.151268174547479e-10, 7.587209180306627e-12,
    7.914237253379001e-14,
  ],
  middle: [
    0.18354081260932836, -0.05870563699435799, 0.028541870732985808, -0.015665416464243798,
    0.009141159055538117, -0.005487934840828371, 0.003295676371206746, -0.0019326154555890703,
    0.0010869627941368235, -0.0005796245567157776, 0.00029120464115879103, -0.00013746724891258879,
    6.095020657796851e-5, -2.540619848677541e-5, 9.973102491846294e-6, -3.6944879635405434e-6,
    1.2945210267578902e-6, -4.299422948409505e-7, 1.3553767861687303e-7, -4.072129152019069e-8,
    1.1784639362877825e-8, -3.224667956748227e-9, 7.771114263444518e-10, -1.96659889412605e-10,
    7.13800586351453e-11, -1.6398245366817e-11,
  ],
  middleTails: [-9.988979454272693e-18],
  far: [
    0.4021765094450081, 0.0033605519836678865, 0.0001362160743919305, 1.1143033788352455e-5,
    1.4838475658279247e-6, 2.9735993830791463e-7, 8.872219737904395e-8, 3.932470832873741e-8,
    2.1548377974759034e-8, 7.563772015589624e-9, -6.7476579559244764e-9, -1.3453822931754748e-8,
    -5.404771568232832e-9, 7.697662019852765e-9, 7.430464651859559e-9, -3.820995124883212e-9,
    -5.9535694406715666e-9, 1.983359039612104e-9, 3.637954638396611e-9, -1.0267340580154681e-9,
    -1.6189806852667132e-9, 4.388861062823485e-10, 4.577087637854123e-10, -1.242948149677891e-10,
    -6.067631580885288e-11, 1.6645473710829316e-11,
  ],
  farTails: [-2.4049731857825786e-17],
};

const ONE: Pieces = {
  near: [
    0.5, 0.08333333333333333, 0.006944444444444444, 0.0003472222222222309, 1.157407407401753e-5,
    2.755731924507702e-7, 4.920949382670777e-9, 6.83471980275729e-11, 7.588362464042003e-13,
    7.170091968625255e-15,
  ],
  middle: [
    0.16397226694454237, -0.039677723172367424, 0.012876454268742041, -0.0034772043901957414,
    -5.399012510855885e-6, 0.0011034179016763434, -0.0012137596918006947, 0.0009659519940523878,
    -0.0006519108763573803, 0.00039105759229579823, -0.00021284193609072467, 0.0001063335155284767,
    -4.914332820342338e-5, 2.113515747049532e-5, -8.499317268458122e-6, 3.2091419041479566e-6,
    -1.141852073004665e-6, 3.84028466229788e-7, -1.2232712799450222e-7, 3.7076506986526584e-8,
    -1.0813537587927578e-8, 2.9778254551140165e-9, -7.204580490732304e-10, 1.832623053907656e-10,
    -6.703830668177139e-11, 1.5454800346148297e-11,
  ],
  middleTails: [-9.570945244239362e-18],
  far: [
    0.38939845902587233, -0.00974957719323576, -0.00021923576383388928, -1.503854719814553e-5,
    -1.8349101326980946e-6, -3.483856506923742e-7, -1.0001288294865233e-7, -4.312811174971535e-8,
    -2.3373928208109383e-8, -8.43629043028419e-9, 6.734464815114712e-9, 1.4076395501016155e-8,
    5.974437608706591e-9, -7.778592764855947e-9, -7.88835150942739e-9, 3.7219797467244495e-9,
    6.2427412222414435e-9, -1.8736450500409327e-9, -3.794670898753405e-9, 9.56852365551229e-10,
    1.6848984496448498e-9, -4.086984253144373e-10, -4.75881884503548e-10, 1.16181363757727e-10,
    6.305965207631314e-11, -1.562659919054412e-11,
  ],
  farTails: [-5.901047015848849e-18],
};

/** I₀(x), or 2 I₁(x)/x, for |x| ≤ 2. */
function near(pieces: Pieces, x: number): Pair {
  const y = 0.25 * x * x;
  return fastTwoSum(1, y * polynomial(pieces.near, y));
}

/** e^−x I(x) for x ≥ 2. */
function scaled(pieces: Pieces, x: number): Pair {
  if (x <= 8) return polynomialPair(pieces.middle, pieces.middleTails, (x - 5) / 3);
  const root = Math.sqrt(x);
  const square = twoProduct(root, root);
  const rest = (x - square.hi - square.lo) / (2 * root);
  return quotient(polynomialPair(pieces.far, pieces.farTails, 16 / x - 1), fastTwoSum(root, rest));
}

/** Above this i0 and i1 overflow; i0e and i1e need no more care. */
const FAR = 1000;

/** I₀(x), the modified Bessel function of order 0. */
export function i0(x: number): number {
  const size = Math.abs(x);
  if (size <= 2) return rounded(near(ZERO, size));
  return size > FAR ? Infinity : expTimes(pair(size), scaled(ZERO, size));
}

/** exp(−|x|) I₀(x). */
export function i0e(x: number): number {
  const size = Math.abs(x);
  if (size <= 2) return expTimes(pair(-size), near(ZERO, size));
  return size === Infinity ? 0 : rounded(scaled(ZERO, Math.min(size, 1e290))) * beyond(size);
}

/** I₁(x), the modified Bessel function of order 1. */
export function i1(x: number): number {
  const size = Math.abs(x);
  if (size <= 2) return x === 0 ? x : rounded(times(near(ONE, size), 0.5 * x));
  return Math.sign(x) * (size > FAR ? Infinity : expTimes(pair(size), scaled(ONE, size)));
}

/** exp(−|x|) I₁(x). */
export function i1e(x: number): number {
  const size = Math.abs(x);
  if (size <= 2) return x === 0 ? x : expTimes(pair(-size), times(near(ONE, size), 0.5 * x));
  return (
    Math.sign(x) *
    (size === Infinity ? 0 : rounded(scaled(ONE, Math.min(size, 1e290))) * beyond(size))
  );
}

/** √(1e290/x): the asymptotic form continued where products of pairs would overflow. */
function beyond(x: number): number {
  return x > 1e290 ? Math.sqrt(1e290 / x) : 1;
}
