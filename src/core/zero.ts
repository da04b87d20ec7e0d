/** The one symbolic zero: a tangent or cotangent known to vanish. It never becomes numbers unless a rule needs them. */
export const zero: unique symbol = Symbol("zero");
export type Zero = typeof zero;
