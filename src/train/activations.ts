import { relu, sigmoid, type Tensor, tanh } from "../index.js";

/** What bends the values between the layers of a network. */
export type ActivationName = "tanh" | "relu" | "sigmoid";

export const activations: Readonly<Record<ActivationName, (x: Tensor) => Tensor>> = {
  tanh: (x) => tanh(x) as Tensor,
  relu: (x) => relu(x) as Tensor,
  sigmoid: (x) => sigmoid(x) as Tensor,
};
