import type { Coefficients } from "../../../src/train/index.js";
import { brief } from "../math/numbers.js";
import type { Scene } from "./messages.js";
import { trainWords } from "./words/words.js";

/** θ and b in the units of the data, and the least-squares answer that descent goes to. */
export function Found({ scene, found }: { readonly scene: Scene; readonly found: Coefficients }) {
  const say = trainWords.value;
  const { features, constant, leastSquares } = scene;
  const biased = found.bias !== undefined;
  const names = biased ? [...features, constant] : features;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <section class="found" aria-label={say.found} tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">{say.inUnits}</th>
            {names.map((name) => (
              <th scope="col" key={name}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">{biased ? `θ, ${constant}` : "θ"}</th>
            <Numbers of={found} />
          </tr>
          {leastSquares !== undefined && (
            <tr>
              <th scope="row">{say.leastSquares}</th>
              {leastSquares === null ? (
                <td class="none" colSpan={names.length}>
                  {say.noSingleAnswer}
                </td>
              ) : (
                <Numbers of={leastSquares} />
              )}
            </tr>
          )}
        </tbody>
      </table>
    </section>
  );
}

function Numbers({ of: { theta, bias } }: { readonly of: Coefficients }) {
  const values = bias === undefined ? theta : [...theta, bias];
  return values.map((value, i) => <td key={i}>{brief(value, 6)}</td>);
}
