import { curve } from "../../../src/explain/format/curve.js";
import type { ValueData } from "../../../src/explain/index.js";
import type { Layout } from "../../../src/explain/layout.js";
import { pointing, togglePin } from "../explain/focus.js";
import { fitValue } from "../math/numbers.js";
import { sizes } from "./measure.js";
import type { PictureEdge } from "./picture.js";

interface Props {
  readonly edge: PictureEdge;
  readonly place: (Layout["edges"] extends ReadonlyMap<string, infer E> ? E : never) | undefined;
  readonly direction: "LR" | "TB";
  /** Characters that the partial may take. */
  readonly room: number;
  readonly partial: ValueData | null | undefined;
  readonly used: boolean;
  readonly now: boolean;
  readonly lit: boolean;
  readonly pinned: boolean;
}

/** An edge with its local partial derivative. */
export function Edge(props: Props) {
  const { edge, place, direction, room, partial, used, now, lit, pinned } = props;
  if (place === undefined) return null;
  const way = curve(place.points, direction);
  const classes = ["edge", used && "used", now && "now", lit && "lit", pinned && "pinned"];
  const text = typeof partial === "number" ? fitValue(partial, room) : "";
  const target = `edge:${edge.id}`;
  const { onMouseEnter, onMouseLeave } = pointing(target);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: by keyboard, edges are the factors beside the graph
    <g
      class={classes.filter(Boolean).join(" ")}
      data-edge={edge.id}
      onMouseEnter={onMouseEnter}
      onMouseLeave={onMouseLeave}
      onClick={() => togglePin(target)}
    >
      <path class="reach" d={way} />
      <path class="way" d={way} marker-end="url(#arrow)" />
      {text !== "" && (
        <>
          <rect
            class="back"
            x={place.label.x - (text.length * sizes.label) / 4 - 4}
            y={place.label.y - sizes.line / 2}
            width={(text.length * sizes.label) / 2 + 8}
            height={sizes.line}
          />
          <text x={place.label.x} y={place.label.y + sizes.label * 0.33}>
            {text}
          </text>
        </>
      )}
    </g>
  );
}
