import { computed, type ReadonlySignal, signal } from "@preact/signals";
import { answer } from "../engine/client.js";
import type { Answer } from "../engine/messages.js";
import { state, update } from "../state/store.js";

/** What the pointer or the keyboard is on: `node:h`, `edge:u→h#0`, `path:0`, or nothing. */
const pointed = signal("");

/** What lights up: nodes and edges of the graph, terms of the chain rule by number. */
export interface Lit {
  readonly target: string;
  readonly nodes: ReadonlySet<string>;
  readonly edges: ReadonlySet<string>;
  readonly paths: ReadonlySet<number>;
}

const nothing: Lit = { target: "", nodes: new Set(), edges: new Set(), paths: new Set() };

/** The path of what is pointed at or pinned: in the graph and in the chain rule alike. */
export const lit: ReadonlySignal<Lit> = computed(() => {
  const target = pointed.value || state.value.pin;
  const explanation = answer.value?.explanation;
  if (target === "" || explanation === undefined) return nothing;
  const kind = target.slice(0, target.indexOf(":"));
  const id = target.slice(kind.length + 1);
  const ends = new Map(explanation.edges.map(({ id: name, from, to }) => [name, [from, to]]));
  const listed = explanation.paths[0]?.listed ?? [];
  const paths = new Set<number>();
  const edges = new Set<string>();
  const nodes = new Set<string>();
  listed.forEach((path, i) => {
    const on =
      kind === "path"
        ? String(i) === id
        : kind === "edge"
          ? path.edges.includes(id)
          : path.edges.some((edge) => ends.get(edge)?.includes(id));
    if (!on) return;
    paths.add(i);
    for (const edge of path.edges) edges.add(edge);
  });
  if (kind === "edge" && ends.has(id)) edges.add(id);
  for (const edge of edges) for (const end of ends.get(edge) ?? []) nodes.add(end);
  if (kind === "node" && explanation.nodes.some((node) => node.id === id)) nodes.add(id);
  return nodes.size === 0 ? nothing : { target, nodes, edges, paths };
});

/** Props that make an element point at something, by pointer and by keyboard. */
export function pointing(target: string) {
  return {
    onMouseEnter: () => {
      pointed.value = target;
    },
    onMouseLeave: leave,
    onFocus: () => {
      pointed.value = target;
    },
    onBlur: leave,
  };
  function leave(): void {
    if (pointed.peek() === target) pointed.value = "";
  }
}

export function togglePin(target: string): void {
  update({ pin: state.peek().pin === target ? "" : target });
}

/** What was differentiated by before the node that is now. */
let before = "";

/** Pins a node and writes the chain rule for it; or makes it the one that is differentiated. */
export function chooseNode(id: string, asOutput = false): void {
  // the model's loss stays what is differentiated
  if (state.peek().tab === "train") {
    togglePin(`node:${id}`);
    return;
  }
  if (asOutput) {
    makeOutput(id);
    return;
  }
  const { wrt } = state.peek();
  if (wrt !== id) before = wrt;
  const pin = `node:${id}`;
  const known = answer.peek()?.explanation.nodes.some((node) => node.id === id);
  update(state.peek().pin === pin ? { pin: "" } : { pin, ...(known ? { wrt: id } : {}) });
}

/** Differentiates that node instead, by something it depends on; nothing for the formula's result. */
export function makeOutput(id: string): void {
  const given = answer.peek();
  const { wrt } = state.peek();
  const below = given === undefined ? new Set<string>() : operandsOf(id, given);
  if (id !== "" && below.size === 0) {
    // a variable depends on nothing: it is what one differentiates by
    update({ wrt: id, pin: `node:${id}` });
    return;
  }
  const variables = given?.inputs.map(([name]) => name) ?? [];
  const by = id === "" ? wrt : [wrt, before, ...variables].find((name) => below.has(name));
  update({ of: id, step: null, pin: "", wrt: by ?? wrt }, { keep: true });
}

/** Every node that another is computed from. */
function operandsOf(id: string, { explanation, grown }: Answer): ReadonlySet<string> {
  const operands = new Map<string, string[]>();
  for (const { from, to } of (grown ?? explanation).edges) {
    const list = operands.get(to);
    if (list === undefined) operands.set(to, [from]);
    else list.push(from);
  }
  const found = new Set<string>();
  const waiting = [id];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop())
    for (const from of operands.get(at) ?? [])
      if (!found.has(from)) {
        found.add(from);
        waiting.push(from);
      }
  return found;
}
