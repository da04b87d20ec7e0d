import { add, cos, divide, multiply, negative, sin, subtract, sum } from "../index.js";
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

/** Σ: the sum of all elements. */
export class Sum extends Module<1> {
  constructor() {
    super((x: Parameters<typeof sum>[0]) => sum(x));
  }
}
