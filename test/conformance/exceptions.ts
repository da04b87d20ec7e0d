const detached = "its derivative is 0 by definition, not that of its values";
const tape = "takes or gives a tape, which only loops hold: checked with whileLoop";

/** What operations are meant to fail, and why. */
export const exceptions: Readonly<Record<string, string>> = {
  "stopGradient: jvp": detached,
  "stopGradient: vjp": detached,
  emptyTape: tape,
  tapeLength: tape,
};
