import { grad, jvp, type Tensor } from "../../index.js";
import { Random, seedFrom } from "../random.js";
import { execute, inEachSituation, type Subject, sameNumbers, type Tally } from "../tally.js";
import { type Flat, joined, like, scaleOf } from "../vectors.js";
import { directed, hasForward, isKink, settled, valuesAlong, weightedSum } from "./along.js";

/** The four nestings of the modes give one second derivative, that of differences of the gradient. */
export function secondOrder(subject: Subject): Tally {
  return inEachSituation(subject, (situation, count) => {
    const along = directed(subject, situation, count);
    if (along === undefined) return;
    const { f, xs, ts, vs, tolerance } = along;
    const random = new Random(seedFrom(subject.seed, `${situation.label} second`));
    const us = xs.map((x) => like(x, random.direction(x.size)));
    const loss = (...at: Tensor[]): Tensor => weightedSum(f(...at), vs);
    const gradient: Flat = (...at) => grad(loss, { argnums: at.map((_, i) => i) })(...at);
    const slope = (...at: Tensor[]): Tensor => weightedSum(gradient(...at), us);
    const forward = hasForward(situation, count);
    const ways: [string, Flat][] = [
      [
        "rev over rev",
        (...at) => [weightedSum(grad(slope, { argnums: at.map((_, i) => i) })(...at), ts)],
      ],
    ];
    if (forward) {
      const tangent = (...at: Tensor[]): Tensor => jvp(loss, at, us)[1] as Tensor;
      ways.push(
        ["fwd over rev", (...at) => [weightedSum(jvp(gradient, at, ts)[1], us)]],
        ["fwd over fwd", (...at) => [jvp(tangent, at, ts)[1] as Tensor]],
        [
          "rev over fwd",
          (...at) => [weightedSum(grad(tangent, { argnums: at.map((_, i) => i) })(...at), ts)],
        ],
      );
    }
    const values = ways.map(([, way]) => execute(subject, way, xs)[0]?.data[0] as number);
    const gradients = joined(gradient(...xs));
    const scale = scaleOf(gradients) * Math.max(1, gradients.length ** 0.5);
    const precise = tolerance < 1e-3;
    values.forEach((value, k) => {
      const [name] = ways[k] as [string, Flat];
      sameNumbers(
        `${name} beside rev over rev`,
        [value],
        [values[0] as number],
        (precise ? 1e-10 : 1e-4) * (scale + Math.abs(value)),
      );
    });
    const sloped: Flat = (...at) => [slope(...at)];
    if (isKink(situation, sloped, xs, ts, count)) return;
    const value = settled(valuesAlong(sloped, xs, ts), situation.step, tolerance * scale);
    sameNumbers(
      "second derivative",
      [values[0] as number],
      value,
      tolerance * (scale + Math.abs(value[0] as number)),
    );
    count.pass();
  });
}
