import type { Report } from "./report.js";

/** Losses over the epochs: every `stride`-th one, at most 1,000 and some. */
export interface Curve {
  readonly stride: number;
  readonly points: readonly CurvePoint[];
}

export interface CurvePoint {
  readonly epoch: number;
  readonly loss: number;
  readonly testLoss?: number;
}

export const emptyCurve: Curve = { stride: 1, points: [] };

const most = 1000;

/** With another epoch; when there are too many points every second one goes. */
export function extendCurve({ stride, points }: Curve, report: Report): Curve {
  const { epoch, loss, testLoss } = report;
  if (epoch % stride !== 0) return { stride, points };
  const point: CurvePoint = testLoss === undefined ? { epoch, loss } : { epoch, loss, testLoss };
  const longer = [...points, point];
  if (longer.length <= most) return { stride, points: longer };
  return { stride: 2 * stride, points: longer.filter((one) => one.epoch % (2 * stride) === 0) };
}
