const letters =
  "α alpha β beta γ gamma δ delta ε varepsilon ϵ epsilon ζ zeta η eta θ theta ϑ vartheta ι iota κ kappa " +
  "λ lambda μ mu ν nu ξ xi π pi ρ rho σ sigma ς varsigma τ tau υ upsilon φ varphi ϕ phi χ chi ψ psi " +
  "ω omega Γ Gamma Δ Delta Θ Theta Λ Lambda Ξ Xi Π Pi Σ Sigma Υ Upsilon Φ Phi Ψ Psi Ω Omega";

/** Greek letters and their names, to their commands. */
const greek: ReadonlyMap<string, string> = new Map(
  letters
    .split(" ")
    .flatMap((word, i, all) =>
      i % 2 === 0
        ? [[word, `\\${all[i + 1]}`] as const]
        : word.startsWith("var")
          ? []
          : [[word, `\\${word}`] as const],
    )
    .concat([["epsilon", "\\varepsilon"]]),
);

const subscripts = /[₀-₉ₐ-ₜᵢ-ᵪⱼ]+$/u;

/** A name as LaTeX: `x1` and `x_1` as x₁, `theta` as θ, longer words upright, `∂f/∂x1` as a fraction. */
export function latexName(name: string): string {
  const again = /^∂\((.+)\)\/∂([^∂]+)$/u.exec(name);
  if (again !== null) {
    const [, of, by] = again as unknown as [string, string, string];
    return `\\frac{\\partial}{${latexDifferential(by)}} ${latexName(of)}`;
  }
  const derivative = /^∂(²?)([^∂/]+)\/((?:∂[^∂]+)+)$/u.exec(name);
  if (derivative !== null) {
    const [, square, of, by] = derivative as unknown as [string, string, string, string];
    const below = by.split("∂").slice(1).map(latexDifferential).join(" ");
    return `\\frac{\\partial${square === "" ? "" : "^2"} ${latexName(of)}}{${below}}`;
  }
  const [base, below] = splitName(name);
  const main = latexWord(base);
  return below.length === 0 ? main : `${main}_{${below.map(latexWord).join(",")}}`;
}

/** ∂x or ∂x². */
function latexDifferential(name: string): string {
  const squared = name.endsWith("²");
  return `\\partial ${latexName(squared ? name.slice(0, -1) : name)}${squared ? "^2" : ""}`;
}

/** A name and its subscripts. */
function splitName(name: string): [string, string[]] {
  const parts = name.split("_").filter((part) => part !== "");
  const first = parts[0];
  if (first === undefined) return [name, []];
  const raised = subscripts.exec(first)?.[0];
  if (raised !== undefined && raised !== first)
    return [first.slice(0, -raised.length), [raised.normalize("NFKC"), ...parts.slice(1)]];
  const numbered = /^(.*?\D)(\d+)$/u.exec(first);
  if (numbered !== null) return [numbered[1] as string, [numbered[2] as string, ...parts.slice(1)]];
  return [first, parts.slice(1)];
}

function latexWord(word: string): string {
  const command = greek.get(word);
  if (command !== undefined) return command;
  if (/^([A-Za-z]|\d+)$/.test(word)) return word;
  if (/^[A-Za-z0-9]+$/.test(word)) return `\\mathrm{${word}}`;
  return `\\text{${escapeLatex(word.normalize("NFKC"))}}`;
}

/** Text as it may stand in `\\text{…}`. */
function escapeLatex(text: string): string {
  return text.replace(/[\\{}$&#^_%~]/g, (character) => {
    if (character === "\\") return "\\textbackslash{}";
    return "^~".includes(character) ? `\\${character}{}` : `\\${character}`;
  });
}

/** A function's name as an upright operator. */
export function latexOperator(name: string): string {
  return `\\operatorname{${name.replaceAll("_", "\\_")}}`;
}
