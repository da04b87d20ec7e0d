import { latexName } from "../../../src/formula/latex-names.js";

/** ∂of/∂by as a fraction; of a derivative, the second derivative. */
export function texPartial(of: string, by: string): string {
  const first = /^∂([^∂/]+)\/∂([^∂/]+)$/u.exec(of);
  if (first !== null) {
    const [, f, a] = first as unknown as [string, string, string];
    const below = a === by ? `${latexName(a)}^2` : `${latexName(a)}\\,\\partial ${latexName(by)}`;
    return `\\dfrac{\\partial^2 ${latexName(f)}}{\\partial ${below}}`;
  }
  return `\\dfrac{\\partial ${latexName(of)}}{\\partial ${latexName(by)}}`;
}

/** The same as text: `∂f/∂a`, `∂(∂f/∂a)/∂b`. */
export function textPartial(of: string, by: string): string {
  return `∂${of.startsWith("∂") ? `(${of})` : of}/∂${by}`;
}
