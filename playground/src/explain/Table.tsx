import type { DerivativeGraph, ExplainedEdge } from "../../../src/explain/index.js";
import { formatValue } from "../../../src/explain/numbers.js";
import type { Answer } from "../engine/messages.js";
import { Name } from "../math/Name.js";
import { textPartial } from "../math/partial.js";
import { words } from "../words/words.js";
import type { Progress } from "./steps.js";

/** The graph as tables: every number of it, for eyes and for screen readers. */
export function Table({
  answer,
  progress,
}: {
  readonly answer: Answer;
  readonly progress: Progress;
}) {
  const say = words.value;
  const { nodes, edges, output } = answer.explanation;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <section class="tables" tabIndex={0} aria-label={say.table}>
      <table>
        <caption>{say.nodesTable}</caption>
        <thead>
          <tr>
            <th scope="col">{say.node}</th>
            <th scope="col">{say.value}</th>
            <th scope="col">
              <Name text={textPartial(output, "")} />
            </th>
            <th scope="col">{say.cache}</th>
          </tr>
        </thead>
        <tbody>
          {nodes.map((node) => (
            <tr key={node.id} data-node={node.id}>
              <th scope="row">
                <Name text={node.kind === "input" ? node.id : `${node.id} = ${node.text}`} />
              </th>
              <td class="forward">{shown(progress.values.get(node.id))}</td>
              <td class="backward">{shown(progress.gradients.get(node.id))}</td>
              <td>
                <Name text={node.cache.join(", ")} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <table>
        <caption>{say.edgesTable}</caption>
        <thead>
          <tr>
            <th scope="col">{say.edge}</th>
            <th scope="col">{say.partial}</th>
            <th scope="col">+=</th>
          </tr>
        </thead>
        <tbody>
          {edges.map((edge) => (
            <tr key={edge.id} data-edge={edge.id}>
              <th scope="row">
                <Name text={`${edge.from} → ${edge.to}`} />
              </th>
              <td>
                <Name text={partialText(edge, output)} />
              </td>
              <td class="backward">
                {progress.partials.has(edge.id) ? formatValue(edge.contribution) : ""}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {answer.grown !== undefined && <Derivatives grown={answer.grown} />}
    </section>
  );
}

/** What the graph's gradient or Hessian adds: a row for each node that is a derivative, or computed for one. */
function Derivatives({ grown }: { readonly grown: DerivativeGraph }) {
  const say = words.value;
  const nodes = grown.nodes.filter(
    ({ kind, derivatives }) => kind === "derivative" || derivatives.length > 0,
  );
  return (
    <table>
      <caption>{say.derivativesTable}</caption>
      <thead>
        <tr>
          <th scope="col">{say.node}</th>
          <th scope="col">{say.computedAs}</th>
          <th scope="col">{say.value}</th>
        </tr>
      </thead>
      <tbody>
        {nodes.map(({ id, kind, derivatives, text, value }) => (
          <tr key={id} data-derivative={id}>
            <th scope="row">
              <Name text={derivatives.length === 0 ? id : derivatives.join(" = ")} />
            </th>
            <td>
              <Name text={kind === "derivative" ? text : id} />
            </td>
            <td class="backward">{formatValue(value)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function partialText({ partial, formula, rule, to }: ExplainedEdge, output: string): string {
  if (partial === null) return rule === undefined ? "" : `${textPartial(output, to)} ↦ ${rule}`;
  const value = formatValue(partial);
  return formula === value ? value : `${formula} = ${value}`;
}

function shown(value: Parameters<typeof formatValue>[0] | undefined): string {
  return value === undefined ? "" : formatValue(value);
}
