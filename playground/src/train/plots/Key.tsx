import type { ComponentChildren } from "preact";

/** A sign of a plot and what it stands for. */
export function Key(props: {
  readonly kind:
    | "filled"
    | "hollow"
    | "filled plain"
    | "hollow plain"
    | "one"
    | "zero"
    | "line"
    | "dashed";
  readonly children: ComponentChildren;
}) {
  return (
    <span class="item">
      <span class={`key ${props.kind}`} />
      {props.children}
    </span>
  );
}
