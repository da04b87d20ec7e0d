import type { Hessian as Values } from "../../../src/explain/index.js";
import { formatNumber } from "../../../src/explain/numbers.js";
import { Name } from "../math/Name.js";
import { words } from "../words/words.js";

/** The second derivatives as a matrix. */
export function Hessian({ hessian }: { readonly hessian: Values }) {
  const { variables, values } = hessian;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <div class="hessian" tabIndex={0}>
      <table>
        <caption>{words.value.secondDerivatives}</caption>
        <thead>
          <tr>
            <td />
            {variables.map((name) => (
              <th key={name} scope="col">
                <Name text={name} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {values.map((row, i) => (
            <tr key={variables[i]}>
              <th scope="row">
                <Name text={variables[i] ?? ""} />
              </th>
              {row.map((value, j) => (
                <td key={variables[j]} class="backward">
                  {formatNumber(value)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
