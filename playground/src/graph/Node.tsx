import type { Point } from "../../../src/explain/layout.js";
import { chooseNode, pointing } from "../explain/focus.js";
import { Runs } from "../math/Runs.js";
import { sizes } from "./measure.js";
import type { PictureNode } from "./picture.js";
import type { Lines } from "./texts.js";

interface Props {
  readonly node: PictureNode;
  readonly place: Point | undefined;
  readonly lines: Lines;
  readonly now: boolean;
  readonly lit: boolean;
  readonly pinned: boolean;
  readonly chosen: boolean;
  readonly first: boolean;
  readonly label: string;
}

/** A node: its operation, its value, below the derivative by it, and at the foot which derivatives it is itself. */
export function Node(props: Props) {
  const { node, place, lines, now, lit, pinned, chosen, first, label } = props;
  if (place === undefined) return null;
  const { width, height } = node;
  const left = place.x - width / 2;
  const top = place.y - height / 2;
  const line = (i: number): number => top + 5 + (i + 0.75) * sizes.line;
  const classes = [
    "node",
    node.kind,
    now && "now",
    lit && "lit",
    pinned && "pinned",
    chosen && "chosen",
  ];
  return (
    // biome-ignore lint/a11y/useSemanticElements: a button element cannot stand in a drawing
    <g
      class={classes.filter(Boolean).join(" ")}
      data-node={node.id}
      role="button"
      tabindex={first ? 0 : -1}
      aria-pressed={pinned}
      {...pointing(`node:${node.id}`)}
      onClick={(event) => chooseNode(node.id, event.altKey)}
    >
      <title>{label}</title>
      <rect x={left} y={top} width={width} height={height} rx={7} />
      <text class="name" x={place.x} y={line(0)}>
        <Runs text={node.head} />
      </text>
      <text class={lines.middle.style} x={place.x} y={line(1)}>
        {lines.middle.style === "formula" ? <Runs text={lines.middle.text} /> : lines.middle.text}
      </text>
      <text class="backward" x={place.x} y={line(2)}>
        {lines.bottom}
      </text>
      {lines.also !== "" && (
        <text class="formula" x={place.x} y={line(3)}>
          <Runs text={lines.also} />
        </text>
      )}
    </g>
  );
}
