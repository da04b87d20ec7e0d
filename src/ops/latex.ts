/** LaTeX without the parentheses around all of it: for places that delimit what they hold. */
export function bare(latex: string): string {
  const [open, close] = ["\\left(", "\\right)"];
  if (!latex.startsWith(open) || !latex.endsWith(close)) return latex;
  let depth = 0;
  for (const { 0: token, index } of latex.matchAll(/\\(left|right)(?![a-zA-Z])/g)) {
    depth += token === "\\left" ? 1 : -1;
    if (depth === 0)
      return index === latex.length - close.length ? latex.slice(open.length, index) : latex;
  }
  return latex;
}

/** A function of one argument: `\sin x`, `\sin\left(x + 1\right)`. */
export function applied(f: string, x: string): string {
  return /^(\\?[a-zA-Z]+|[0-9.]+|[a-zA-Z]_\{?[a-zA-Z0-9]+\}?)$/.test(x)
    ? `${f} ${x}`
    : `${f}\\left(${bare(x)}\\right)`;
}

/** A function by its name: `\operatorname{erf} x`. */
export function named(name: string, ...inputs: readonly string[]): string {
  const [first] = inputs;
  return inputs.length === 1
    ? applied(`\\operatorname{${name}}`, first as string)
    : `\\operatorname{${name}}\\left(${inputs.map(bare).join(", ")}\\right)`;
}

/** What a subscript or superscript may follow: a symbol as it is, anything longer in braces or parentheses. */
export function base(x: string): string {
  if (/^(\\?[a-zA-Z]+|[0-9.]+|\\text\{[^{}]*\})$/.test(x) || bare(x) !== x) return x;
  return /^\\?[a-zA-Z]+_\{?[^{}]*\}?$/.test(x) ? `{${x}}` : `\\left(${x}\\right)`;
}
