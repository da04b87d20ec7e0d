import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Layout } from "../../../src/explain/layout.js";
import { refusal } from "../engine/client.js";
import type { Answer } from "../engine/messages.js";
import { chooseNode, lit } from "../explain/focus.js";
import type { Progress } from "../explain/steps.js";
import { useSlow } from "../parts/slow.js";
import { state } from "../state/store.js";
import { words } from "../words/words.js";
import { Drawing, type Drawn } from "./Drawing.js";
import { grownPicture, pictureOf } from "./picture.js";
import { type Room, smallest, usePlaced } from "./placing.js";
import { type Frame, resetView, useFollow, useOpening, useView, zoom } from "./view.js";

/** Nodes drawn at most with their derivatives. */
const most = 300;

/** Text larger than this share of its size would shout. */
const largest = 1.3;

/** The graph as a drawing of plain text: it keeps its places whatever the numbers do. */
export function Canvas({
  answer,
  progress,
}: {
  readonly answer: Answer;
  readonly progress: Progress;
}) {
  const say = words.value;
  const { explanation } = answer;
  const grown =
    answer.grown !== undefined && answer.grown.nodes.length <= most ? answer.grown : undefined;
  const { nodes, edges } = grown ?? explanation;
  const shape = `${grown === undefined} ${nodes.map(({ id, text, type }) => `${id} ${text} ${type}`).join("\n")} ${edges.length}`;
  const frame = useRef<HTMLDivElement>(null);
  const size = useRoom(frame);
  const { picture, layout } = usePlaced(
    (placing) =>
      grown === undefined
        ? pictureOf(explanation, placing)
        : grownPicture(grown, explanation, placing),
    shape,
    size,
  );
  const ready = layout !== undefined;
  const { readable, whole } = scalesOf(layout ?? null, size);
  const scale = zoom.value === "whole" ? whole : (zoom.value ?? readable);
  const slow = useSlow(!ready);
  // a part of a pixel left to scroll would keep a finger from scrolling the page
  const pixels = (length: number): number => (zoom.value === "whole" ? length : Math.ceil(length));
  useView(frame, scale, whole);
  const edge = explanation.edges.find(({ id }) => id === progress.edge);
  const at = progress.node ?? edge?.from;
  // in Train nobody chose a node
  const chosen = state.value.tab !== "train";
  useOpening(frame, chosen ? (layout ?? undefined) : undefined, at ?? answer.wrt);
  useFollow(frame, at);
  useEffect(resetView, [explanation.expression]);
  // until the new layout is there the old drawing would show wrong places
  const shown = useRef<Drawn>(undefined);
  if (layout) shown.current = kept(shown.current, { explanation, grown, picture, layout });
  const drawn = shown.current;
  const drawing = useMemo(
    () => drawn && <Drawing drawn={drawn} progress={progress} wrt={answer.wrt} />,
    [drawn, progress, answer.wrt],
  );
  if (layout === null) return <p class="canvas note">{say.tooLarge(explanation.nodes.length)}</p>;
  return (
    <div
      class={refusal.value === undefined ? "canvas" : "canvas stale"}
      data-ready={ready}
      ref={frame}
      tabIndex={-1}
    >
      <p class="note" role="status">
        {slow
          ? say.working
          : answer.grown !== undefined && grown === undefined
            ? say.tooManyGrown(answer.grown.nodes.length)
            : ""}
      </p>
      {drawn !== undefined && (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be a drawing
        <svg
          role="group"
          aria-label={say.graphLabel(drawn.picture.nodes.length, drawn.picture.edges.length)}
          class={lit.value.target === "" ? "graph" : "graph focused"}
          viewBox={`0 0 ${drawn.layout.width} ${drawn.layout.height}`}
          width={pixels(drawn.layout.width * scale)}
          height={pixels(drawn.layout.height * scale)}
          onKeyDown={(event) => followEdges(event, drawn)}
        >
          <defs>
            <marker
              id="arrow"
              viewBox="0 0 8 8"
              refX="7.5"
              refY="4"
              markerWidth="9"
              markerHeight="9"
              markerUnits="userSpaceOnUse"
              orient="auto"
            >
              <path class="head" d="M0 .8 8 4 0 7.2z" />
            </marker>
          </defs>
          {drawing}
        </svg>
      )}
    </div>
  );
}

/** The scale at which the drawing fills its frame and stays readable, and the one at which all of it is in sight. */
function scalesOf(layout: Layout | null, size: Room): Record<"readable" | "whole", number> {
  if (layout === null || size.width === 0) return { readable: 1, whole: 1 };
  const across = size.width / layout.width;
  const down = (height: number): number => height / layout.height;
  return {
    readable: Math.max(smallest, Math.min(largest, across, down(size.height))),
    whole: Math.min(largest, across, down(size.most)),
  };
}

/** The room in a frame as it is now. */
function useRoom(frame: Frame): Room {
  const [size, setSize] = useState<Room>({ width: 0, height: 0, most: 0 });
  useLayoutEffect(() => {
    const element = frame.current;
    if (element === null) return;
    const look = (): void => {
      const now = roomIn(element);
      setSize((old) => (JSON.stringify(old) === JSON.stringify(now) ? old : now));
    };
    look();
    const observer = new ResizeObserver(look);
    observer.observe(element);
    addEventListener("resize", look);
    return () => {
      observer.disconnect();
      removeEventListener("resize", look);
    };
  }, []);
  return size;
}

function roomIn(element: HTMLElement): Room {
  const limit = Number.parseFloat(getComputedStyle(element).maxHeight);
  // without scroll bars: where all fits there are none
  const { clientWidth, offsetWidth, offsetHeight } = element;
  return Number.isNaN(limit)
    ? { width: offsetWidth, height: offsetHeight, most: offsetHeight }
    : { width: clientWidth, height: Number.POSITIVE_INFINITY, most: limit };
}

/** The drawing there is, where the next one would be the same. */
function kept(old: Drawn | undefined, next: Drawn): Drawn {
  const same =
    old?.explanation === next.explanation &&
    old.grown === next.grown &&
    old.picture === next.picture &&
    old.layout === next.layout;
  return same ? old : next;
}

/** Arrows go along edges: left or up to an operand, right or down to what uses the node; up and down among equals. */
function followEdges(event: KeyboardEvent, { picture }: Drawn): void {
  const { edges, nodes } = picture;
  const element = (event.target as Element).closest("[data-node]");
  const id = element?.getAttribute("data-node");
  if (id === null || id === undefined) return;
  const order = nodes.map((node) => node.id);
  const users = edges.filter(({ from }) => from === id).map(({ to }) => to);
  const operands = edges.filter(({ to }) => to === id).map(({ from }) => from);
  const beside = (by: number): string | undefined => {
    const user = users[0];
    const siblings = order.filter((one) =>
      edges.some(({ from, to }) => from === one && to === user),
    );
    const list = siblings.length > 1 ? siblings : order;
    return list[(list.indexOf(id) + by + list.length) % list.length];
  };
  const down = picture.layout.direction === "TB";
  const forward = down ? "ArrowDown" : "ArrowRight";
  const back = down ? "ArrowUp" : "ArrowLeft";
  const along = down ? ["ArrowLeft", "ArrowRight"] : ["ArrowUp", "ArrowDown"];
  const next =
    event.key === forward
      ? users[0]
      : event.key === back
        ? operands.at(-1)
        : event.key === along[0]
          ? beside(-1)
          : event.key === along[1]
            ? beside(1)
            : undefined;
  const pressed = event.key === "Enter" || event.key === " ";
  if (next === undefined && !pressed) return;
  event.preventDefault();
  event.stopPropagation();
  if (pressed) chooseNode(id, event.altKey);
  else
    (event.currentTarget as Element)
      .querySelector<SVGElement>(`[data-node="${CSS.escape(next as string)}"]`)
      ?.focus();
}
