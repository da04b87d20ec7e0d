import {
  add,
  cast,
  checkpoint,
  cond,
  cos,
  fixedPoint,
  forLoop,
  grad,
  jvp,
  less,
  linearize,
  multiply,
  scan,
  sin,
  stack,
  subtract,
  sum,
  type Tensor,
  tensor,
  vmap,
  whileLoop,
} from "../../src/index.js";

/** A small program of nested control flow on scalars. Names count the variables in scope. */
export type Program =
  | { readonly kind: "variable"; readonly name: number }
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "sin" | "cos"; readonly of: Program }
  | { readonly kind: "add" | "multiply" | "subtract"; readonly a: Program; readonly b: Program }
  /** Carries `init` through the slices `xs`; the body sees carry and slice. */
  | {
      readonly kind: "scan";
      readonly init: Program;
      readonly xs: readonly Program[];
      readonly body: Program;
      readonly out: Program;
      readonly reverse: boolean;
    }
  /** At most `limit` steps while the carry is below `bound`; the body sees the carry. */
  | {
      readonly kind: "while";
      readonly init: Program;
      readonly bound: Program;
      readonly limit: number;
      readonly body: Program;
    }
  | {
      readonly kind: "cond";
      readonly a: Program;
      readonly b: Program;
      readonly onTrue: Program;
      readonly onFalse: Program;
    }
  | {
      readonly kind: "for";
      readonly times: number;
      readonly a: Program;
      readonly b: Program;
      readonly init: Program;
      readonly body: Program;
    }
  /** Derivative of the body by its variable, at a point. */
  | { readonly kind: "grad"; readonly at: Program; readonly body: Program }
  /** Derivative of the body along a direction, at a point. */
  | {
      readonly kind: "jvp" | "linearize";
      readonly at: Program;
      readonly along: Program;
      readonly body: Program;
    }
  /** The x with x = sin(body(x) · x + seed) / 4. */
  | { readonly kind: "fixed"; readonly seed: Program; readonly body: Program }
  /** Sum of the body over slices. */
  | { readonly kind: "lanes"; readonly xs: readonly Program[]; readonly body: Program }
  | { readonly kind: "checkpoint"; readonly of: Program };

/** How control flow runs: by the operations under test, or written out on values that are known. */
interface Style {
  scan(
    init: Tensor,
    xs: readonly Tensor[],
    reverse: boolean,
    step: (carry: Tensor, x: Tensor) => readonly [Tensor, Tensor],
  ): readonly [Tensor, Tensor];
  while(init: Tensor, bound: () => Tensor, limit: number, step: (c: Tensor) => Tensor): Tensor;
  cond(a: Tensor, b: Tensor, onTrue: () => Tensor, onFalse: () => Tensor): Tensor;
  /** One step more where `a` is below `b`. */
  for(times: number, a: Tensor, b: Tensor, init: Tensor, step: (c: Tensor) => Tensor): Tensor;
  checkpoint(f: () => Tensor): Tensor;
  fixed(step: (x: Tensor) => Tensor): Tensor;
  lanes(xs: readonly Tensor[], body: (x: Tensor) => Tensor): Tensor;
}

export const controlFlow: Style = {
  scan: (init, xs, reverse, step) => {
    const [carry, ys] = scan((c, x) => step(c as Tensor, x as Tensor), init, stack([...xs]), {
      reverse,
    });
    return [carry as Tensor, sum(ys as Tensor)];
  },
  while: (init, bound, limit, step) =>
    whileLoop(
      ([i, c]) =>
        cond(
          less(i, limit),
          () => less(c, bound()),
          () => false,
        ) as Tensor,
      ([i, c]) => [add(i, 1), step(c as Tensor)] as const,
      [tensor(0, { dtype: "i32" }) as Tensor, init],
    )[1] as Tensor,
  cond: (a, b, onTrue, onFalse) => cond(less(a, b), onTrue, onFalse) as Tensor,
  for: (times, a, b, init, step) =>
    forLoop(
      0,
      add(cast(less(a, b), "i32"), times) as Tensor,
      (_, c) => step(c as Tensor),
      init,
    ) as Tensor,
  checkpoint: (f) => checkpoint(f)(),
  fixed: (step) => fixedPoint((_, x) => step(x as Tensor), null, 0, { tolerance: 1e-15 }) as Tensor,
  lanes: (xs, body) => sum(vmap(body)(stack([...xs]))),
};

export const writtenOut: Style = {
  scan: (init, xs, reverse, step) => {
    let carry = init;
    let total: Tensor = multiply(0, init);
    for (const x of reverse ? [...xs].reverse() : xs) {
      const [next, y] = step(carry, x);
      carry = next;
      total = add(total, y);
    }
    return [carry, total];
  },
  while: (init, bound, limit, step) => {
    let c = init;
    for (let i = 0; i < limit && c.item() < bound().item(); i++) c = step(c);
    return c;
  },
  cond: (a, b, onTrue, onFalse) => (a.item() < b.item() ? onTrue() : onFalse()),
  for: (times, a, b, init, step) => {
    let c = init;
    const steps = times + Number(a.item() < b.item());
    for (let i = 0; i < steps; i++) c = step(c);
    return c;
  },
  checkpoint: (f) => f(),
  fixed: (step) => {
    let x = tensor(0) as Tensor;
    for (let i = 0; i < 30; i++) x = step(x);
    return x;
  },
  lanes: (xs, body) => xs.map(body).reduce((total, value) => add(total, value)),
};

/** The value of a program; `scope` holds its variables. */
export function run(program: Program, scope: readonly Tensor[], style: Style): Tensor {
  const value = (part: Program, ...more: Tensor[]): Tensor => run(part, [...scope, ...more], style);
  switch (program.kind) {
    case "variable":
      return scope[program.name % scope.length] as Tensor;
    case "number":
      return tensor(program.value) as Tensor;
    case "sin":
      return sin(value(program.of));
    case "cos":
      return cos(value(program.of));
    case "add":
      return add(value(program.a), value(program.b));
    case "multiply":
      return sin(multiply(value(program.a), value(program.b)));
    case "subtract":
      return subtract(value(program.a), value(program.b));
    case "scan": {
      const [carry, total] = style.scan(
        value(program.init),
        program.xs.map((x) => value(x)),
        program.reverse,
        (c, x) => [
          sin(add(multiply(value(program.body, c, x), c), x)),
          multiply(value(program.out, c, x), c),
        ],
      );
      return add(carry, multiply(0.5, total));
    }
    case "while":
      return style.while(
        value(program.init),
        () => value(program.bound),
        program.limit,
        (c) => add(sin(multiply(value(program.body, c), c)), 0.3),
      );
    case "cond":
      return style.cond(
        value(program.a),
        value(program.b),
        () => value(program.onTrue),
        () => value(program.onFalse),
      );
    case "for":
      return style.for(
        program.times,
        value(program.a),
        value(program.b),
        value(program.init),
        (c) => sin(add(multiply(value(program.body, c), c), 0.2)),
      );
    case "grad":
      return sin(
        grad((x: Tensor) => sin(multiply(x, value(program.body, x))))(value(program.at)) as Tensor,
      );
    case "jvp": {
      const [, tangent] = jvp(
        (x: Tensor) => sin(multiply(x, value(program.body, x))),
        [value(program.at)],
        [value(program.along)],
      );
      return sin(tangent as Tensor);
    }
    case "linearize": {
      const [, df] = linearize(
        (x: Tensor) => sin(multiply(x, value(program.body, x))),
        value(program.at),
      );
      return sin(df(value(program.along)) as Tensor);
    }
    case "fixed": {
      const seed = value(program.seed);
      return style.fixed((x) =>
        multiply(0.25, sin(add(multiply(sin(value(program.body, x)), x), seed))),
      );
    }
    case "lanes":
      return style.lanes(
        program.xs.map((x) => value(x)),
        (x) => sin(multiply(value(program.body, x), x)),
      );
    case "checkpoint":
      return style.checkpoint(() => value(program.of));
  }
}
