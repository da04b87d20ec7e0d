import {
  abs,
  add,
  cos,
  divide,
  exp,
  log,
  matmul,
  maximum,
  mean,
  minimum,
  multiply,
  negative,
  power,
  relu,
  sigmoid,
  sin,
  softplus,
  sqrt,
  square,
  subtract,
  sum,
  type Tensor,
  tan,
  tanh,
} from "../index.js";
import { ElementwiseModule, Module } from "./module.js";

/** x₁ + x₂. */
export class Add extends ElementwiseModule<2> {
  constructor() {
    super(add);
  }
}

/** x₁ − x₂. */
export class Sub extends ElementwiseModule<2> {
  constructor() {
    super(subtract);
  }
}

/** x₁ · x₂: keeps both, each is the partial derivative by the other. The notes' `class prod`. */
export class Prod extends ElementwiseModule<2> {
  constructor() {
    super(multiply);
  }
}

/** x₁ ÷ x₂. */
export class Div extends ElementwiseModule<2> {
  constructor() {
    super(divide);
  }
}

/** x₁ to the power x₂. */
export class Pow extends ElementwiseModule<2> {
  constructor() {
    super(power);
  }
}

/** The larger of x₁ and x₂. */
export class Max extends ElementwiseModule<2> {
  constructor() {
    super(maximum);
  }
}

/** The smaller of x₁ and x₂. */
export class Min extends ElementwiseModule<2> {
  constructor() {
    super(minimum);
  }
}

/** −x. */
export class Neg extends ElementwiseModule<1> {
  constructor() {
    super(negative);
  }
}

/** x²: keeps x, the partial derivative is 2x. The notes' `class square`. */
export class Square extends ElementwiseModule<1> {
  constructor() {
    super(square);
  }
}

/** √x: keeps its result, the partial derivative is 1/(2√x). */
export class Sqrt extends ElementwiseModule<1> {
  constructor() {
    super(sqrt);
  }
}

/** |x|; derivative 0 at 0. */
export class Abs extends ElementwiseModule<1> {
  constructor() {
    super(abs);
  }
}

/** eˣ: keeps its result, which is its own derivative. */
export class Exp extends ElementwiseModule<1> {
  constructor() {
    super(exp);
  }
}

/** The natural logarithm. */
export class Log extends ElementwiseModule<1> {
  constructor() {
    super(log);
  }
}

/** sin x. */
export class Sin extends ElementwiseModule<1> {
  constructor() {
    super(sin);
  }
}

/** cos x. */
export class Cos extends ElementwiseModule<1> {
  constructor() {
    super(cos);
  }
}

/** tan x. */
export class Tan extends ElementwiseModule<1> {
  constructor() {
    super(tan);
  }
}

/** tanh x. */
export class Tanh extends ElementwiseModule<1> {
  constructor() {
    super(tanh);
  }
}

/** 1 / (1 + e⁻ˣ). */
export class Sigmoid extends ElementwiseModule<1> {
  constructor() {
    super(sigmoid);
  }
}

/** ln(1 + eˣ). */
export class Softplus extends ElementwiseModule<1> {
  constructor() {
    super(softplus);
  }
}

/** The larger of x and 0; derivative 0 at 0. */
export class Relu extends ElementwiseModule<1> {
  constructor() {
    super(relu);
  }
}

/** Σ: the sum of all elements. */
export class Sum extends Module<1> {
  constructor() {
    super((x: Tensor) => sum(x));
  }
}

/** The mean of all elements. */
export class Mean extends Module<1> {
  constructor() {
    super((x: Tensor) => mean(x));
  }
}

/** The matrix product of x₁ and x₂. */
export class MatMul extends Module<2> {
  constructor() {
    super((x: Tensor, w: Tensor) => matmul(x, w) as Tensor);
  }
}
