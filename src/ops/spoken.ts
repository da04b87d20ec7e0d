import type { Spoken } from "../core/primitive.js";
import type { Shape } from "../core/shape.js";

/** A reduction as people call it: over all axes, one, or a list. */
export function reduced(
  call: string,
  { axes }: { readonly axes: readonly number[] },
  [x]: readonly Shape[],
): Spoken {
  if (axes.length === x?.length) return { call, of: [0] };
  return { call, of: [0], options: { axis: axes.length === 1 ? axes[0] : axes } };
}

/** A function along an axis, which is said where there are several. */
export function alongAxis(
  call: string,
  { axis, ...others }: { readonly axis: number; readonly reverse?: boolean },
  [x]: readonly Shape[],
): Spoken {
  const options = {
    ...(x?.length === 1 ? {} : { axis }),
    ...(others.reverse === true ? { reverse: true } : {}),
  };
  return { call, of: [0], ...(Object.keys(options).length === 0 ? {} : { options }) };
}
