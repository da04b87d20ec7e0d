import type { ArrayValue, Value } from "../core/type.js";
import type { ValueData } from "./explanation.js";

/** A value as nested arrays. */
export function dataOf(value: Value): ValueData {
  if (Array.isArray(value)) return value.map(dataOf);
  if (!("shape" in value)) return [];
  const { shape, dtype, data } = value as ArrayValue;
  let level: ValueData[] = Array.from(data, (item) => (dtype === "bool" ? item !== 0 : item));
  if (shape.length === 0) return level[0] as ValueData;
  for (let axis = shape.length - 1; axis >= 1; axis--) {
    const length = shape[axis] as number;
    const count = data.length === 0 ? 0 : level.length / length;
    level = Array.from({ length: count }, (_, i) => level.slice(i * length, (i + 1) * length));
  }
  return level;
}
