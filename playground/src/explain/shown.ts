import { answer, refusal, settled } from "../engine/client.js";
import type { State } from "../state/state.js";

/**
 * The state as it is shown: without nodes, steps and values that the formula does not have, and with the values it took
 * by itself. Undefined as long as the formula is being worked on.
 */
export function shownState(state: State): State | undefined {
  if (state.tab === "train") return state;
  const given = answer.value;
  if (!settled.value || (given === undefined && refusal.value === undefined)) return undefined;
  if (given === undefined || refusal.value !== undefined) return state;
  const { explanation, grown, result, wrt } = given;
  const { output, nodes, edges, forward, backward, paths } = explanation;
  const { of, step, pin } = state;
  const values = new Map(given.inputs);
  const order = [...new Set([...Object.keys(state.inputs), ...values.keys()])];
  const kind = pin.slice(0, pin.indexOf(":"));
  const id = pin.slice(kind.length + 1);
  const drawn = { node: [...nodes, ...(grown?.nodes ?? [])], edge: edges };
  const pinned =
    kind === "path"
      ? /^\d+$/.test(id) && Number(id) < (paths[0]?.listed.length ?? 0)
      : (kind === "node" || kind === "edge") && drawn[kind].some((one) => one.id === id);
  return {
    ...state,
    inputs: Object.fromEntries(
      order.flatMap((name) => {
        const value = values.get(name);
        return value === undefined ? [] : [[name, value]];
      }),
    ),
    wrt,
    of: of !== "" && of !== result && output === result ? "" : of,
    step: step !== null && step < forward.length + backward.length ? step : null,
    pin: pinned ? pin : "",
  };
}
