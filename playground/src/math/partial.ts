import { latexName } from "../../../src/formula/latex-names.js";

/** Characters of a name that a fraction has room for. */
const most = 12;

/** A name as LaTeX; of a long one its start and its end. */
export function texName(name: string): string {
  const points = [...name];
  if (points.length <= most || name.startsWith("∂")) return latexName(name);
  const text = `${points.slice(0, most - 5).join("")}…${points.slice(-4).join("")}`;
  return `\\text{${text.replaceAll("_", "\\_")}}`;
}

/** ∂of/∂by as a fraction; of a derivative, the second derivative. */
export function texPartial(of: string, by: string): string {
  const first = /^∂([^∂/]+)\/∂([^∂/]+)$/u.exec(of);
  if (first !== null) {
    const [, f, a] = first as unknown as [string, string, string];
    const below = a === by ? `${texName(a)}^2` : `${texName(a)}\\,\\partial ${texName(by)}`;
    return `\\dfrac{\\partial^2 ${texName(f)}}{\\partial ${below}}`;
  }
  return `\\dfrac{\\partial ${texName(of)}}{\\partial ${texName(by)}}`;
}

/** The same as text: `∂f/∂a`, `∂(∂f/∂a)/∂b`. */
export function textPartial(of: string, by: string): string {
  return `∂${of.startsWith("∂") ? `(${of})` : of}/∂${by}`;
}
