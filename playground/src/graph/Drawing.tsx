import type { DerivativeGraph, Explanation } from "../../../src/explain/index.js";
import type { Layout } from "../../../src/explain/layout.js";
import { lit } from "../explain/focus.js";
import type { Progress } from "../explain/steps.js";
import { state } from "../state/store.js";
import { words } from "../words/words.js";
import { Edge } from "./Edge.js";
import { Node } from "./Node.js";
import type { Picture } from "./picture.js";
import { linesOf } from "./texts.js";

/** A graph with its places, and what it shows the numbers of. */
export interface Drawn {
  readonly explanation: Explanation;
  readonly grown: DerivativeGraph | undefined;
  readonly picture: Picture;
  readonly layout: Layout;
}

/** Edges and nodes: apart from the frame, so that another scale costs nothing here. */
export function Drawing({
  drawn,
  progress,
  wrt,
}: {
  readonly drawn: Drawn;
  readonly progress: Progress;
  readonly wrt: string;
}) {
  const say = words.value;
  const { nodes, edges } = lit.value;
  const { pin } = state.value;
  const { explanation, grown, picture, layout } = drawn;
  const partials = new Map(explanation.edges.map(({ id, partial }) => [id, partial]));
  return (
    <>
      {picture.edges.map((edge) => (
        <Edge
          key={edge.id}
          edge={edge}
          place={layout.edges.get(edge.id)}
          direction={picture.layout.direction}
          room={picture.label}
          partial={progress.values.has(edge.to) ? partials.get(edge.id) : undefined}
          used={progress.partials.has(edge.id)}
          now={progress.edge === edge.id}
          lit={edges.has(edge.id)}
          pinned={pin === `edge:${edge.id}`}
        />
      ))}
      {picture.nodes.map((node, i) => {
        const lines = linesOf(node, progress, grown);
        const { middle, bottom } = lines;
        return (
          <Node
            key={node.id}
            node={node}
            place={layout.nodes.get(node.id)}
            lines={lines}
            now={progress.node === node.id}
            lit={nodes.has(node.id)}
            pinned={pin === `node:${node.id}`}
            chosen={node.id === wrt}
            first={i === 0}
            label={
              middle.style === "formula"
                ? say.derivativeLabel(node.name, node.formula, bottom)
                : say.nodeLabel(node.name, middle.text, bottom)
            }
          />
        );
      })}
    </>
  );
}
