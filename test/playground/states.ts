import { encodeState, initial, type State } from "../../playground/src/state/state.js";

/** Sizes of the window: wide, medium, a phone's, and narrow. */
export const desktop = { width: 1440, height: 900 } as const;
export const phone = { width: 390, height: 844 } as const;
export const sizes = [
  desktop,
  { width: 1024, height: 768 },
  phone,
  { width: 768, height: 1024 },
] as const;

export const longNames: Partial<State> = {
  expr: "learning_rate_of_the_generator*momentum_of_the_discriminator + momentum_of_the_discriminator*bias",
  inputs: { learning_rate_of_the_generator: 123456.789, momentum_of_the_discriminator: -1.23e-5 },
  wrt: "momentum_of_the_discriminator",
};

/** The link of a state of Train. */
export function trainLink(train: State["train"], state: Partial<State> = {}): string {
  return encodeState({ ...initial, tab: "train", train, ...state });
}
