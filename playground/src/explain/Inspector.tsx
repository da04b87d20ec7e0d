import type { ExplainedNode } from "../../../src/explain/index.js";
import { formatValue } from "../../../src/explain/numbers.js";
import type { Answer } from "../engine/messages.js";
import { Name } from "../math/Name.js";
import { textPartial } from "../math/partial.js";
import { words } from "../words/words.js";
import { makeOutput } from "./focus.js";

/** What is known of one node. */
export function Inspector({
  answer,
  node,
}: {
  readonly answer: Answer;
  readonly node: ExplainedNode;
}) {
  const say = words.value;
  const { edges, output } = answer.explanation;
  const rows: [string, string][] = [
    [say.value, formatValue(node.value)],
    [textPartial(output, node.id), formatValue(node.gradient)],
    ...edges
      .filter(({ to }) => to === node.id)
      .map(({ from, formula, partial, rule }): [string, string] => {
        if (partial === null)
          return [textPartial(node.id, from), `${textPartial(output, node.id)} ↦ ${rule ?? "…"}`];
        const value = formatValue(partial ?? 0);
        return [textPartial(node.id, from), formula === value ? value : `${formula} = ${value}`];
      }),
    ...(node.cache.length === 0 ? [] : [[say.cache, node.cache.join(", ")] as [string, string]]),
  ];
  return (
    <section class="inspector" aria-label={node.id}>
      <h3>
        <Name text={node.kind === "input" ? node.id : `${node.id} = ${node.text}`} />
      </h3>
      <dl class="facts">
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name.startsWith("∂") ? <Name text={name} /> : name}</dt>
            <dd>
              <Name text={value} />
            </dd>
          </div>
        ))}
      </dl>
      {node.kind === "operation" && node.id !== output && (
        <button type="button" class="more" onClick={() => makeOutput(node.id)}>
          {say.makeOutput(node.id)}
        </button>
      )}
    </section>
  );
}
