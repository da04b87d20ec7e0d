/** How training stands after an epoch; epoch 0 is the start. */
export interface Report {
  readonly epoch: number;
  /** Mean loss over the training rows. */
  readonly loss: number;
  /** Over the test rows, if some were set aside. */
  readonly testLoss?: number;
  readonly gradientNorm: number;
}
