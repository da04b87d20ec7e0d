import {
  abs,
  add,
  cos,
  divide,
  exp,
  log,
  matmul,
  mean,
  multiply,
  negative,
  power,
  relu,
  sigmoid,
  sin,
  sqrt,
  square,
  subtract,
  sum,
  type Tensor,
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

/** x². The notes' `class square`: keeps x, the partial derivative is 2x. */
export class Square extends ElementwiseModule<1> {
  constructor() {
    super(square);
  }
}

/** x₁ to the power x₂. */
export class Pow extends ElementwiseModule<2> {
  constructor() {
    super(power);
  }
}

/** −x. */
export class Neg extends ElementwiseModule<1> {
  constructor() {
    super(negative);
  }
}

export class Sin extends ElementwiseModule<1> {
  constructor() {
    super(sin);
  }
}

export class Cos extends ElementwiseModule<1> {
  constructor() {
    super(cos);
  }
}

export class Abs extends ElementwiseModule<1> {
  constructor() {
    super(abs);
  }
}

/** √x: keeps its result, the partial derivative is 1/(2√x). */
export class Sqrt extends ElementwiseModule<1> {
  constructor() {
    super(sqrt);
  }
}

/** eˣ: keeps its result, which is the partial derivative. */
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

export class Tanh extends ElementwiseModule<1> {
  constructor() {
    super(tanh);
  }
}

/** 1/(1 + e⁻ˣ). */
export class Sigmoid extends ElementwiseModule<1> {
  constructor() {
    super(sigmoid);
  }
}

/** x for x > 0, else 0. */
export class Relu extends ElementwiseModule<1> {
  constructor() {
    super(relu);
  }
}

/** Σ: the sum of all elements. */
export class Sum extends Module<1> {
  constructor() {
    super((x: Parameters<typeof sum>[0]) => sum(x));
  }
}

/** The arithmetic mean of all elements. */
export class Mean extends Module<1> {
  constructor() {
    super((x: Parameters<typeof mean>[0]) => mean(x));
  }
}

/** The matrix product x₁ @ x₂. */
export class MatMul extends Module<2> {
  constructor() {
    super((x: Tensor, y: Tensor) => matmul(x, y));
  }
}
