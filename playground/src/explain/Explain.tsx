import { answer, settled, variables } from "../engine/client.js";
import { Canvas } from "../graph/Canvas.js";
import { Zoom } from "../graph/Zoom.js";
import { state, update } from "../state/store.js";
import { words } from "../words/words.js";
import { Code } from "./Code.js";
import { Derivation } from "./Derivation.js";
import { Formula } from "./Formula.js";
import { makeOutput } from "./focus.js";
import { Sliders } from "./Sliders.js";
import { StepBar } from "./StepBar.js";
import { progressAt } from "./steps.js";
import { Table } from "./Table.js";

const panes = ["graph", "table", "code"] as const;

/** A formula, its graph with every number, and the chain rule beside it. */
export function Explain() {
  const say = words.value;
  const given = answer.value;
  const { pane, step, order } = state.value;
  const progress = given && progressAt(given.explanation, step);
  return (
    <>
      <section class="ask">
        <Formula />
        <Sliders inputs={variables.value} squares={given?.squares ?? false} />
      </section>
      <nav class="bar" aria-label={say.panes}>
        {panes.map((one) => (
          <button
            key={one}
            type="button"
            aria-pressed={pane === one}
            onClick={() => update({ pane: one })}
          >
            {say[one]}
          </button>
        ))}
        <span class="gap" />
        {([1, 2] as const).map((one) => (
          <button
            key={one}
            type="button"
            aria-pressed={order === one}
            title={one === 1 ? say.gradientGraphHint : say.hessianGraphHint}
            onClick={() => update({ order: order === one ? 0 : one, pane: "graph" })}
          >
            {one === 1 ? "∇" : "∇²"}
            <span class="word"> {one === 1 ? say.gradientGraph : say.hessianGraph}</span>
          </button>
        ))}
        {given !== undefined && state.value.of !== "" && (
          <button type="button" onClick={() => makeOutput("")}>
            {say.backToResult(given.result)}
          </button>
        )}
        {given !== undefined && pane === "graph" && <Zoom />}
      </nav>
      {given !== undefined && progress !== undefined && (
        <>
          <div class="stage" data-settled={settled.value}>
            {pane === "code" ? (
              <Code answer={given} />
            ) : pane === "table" ? (
              <Table answer={given} progress={progress} />
            ) : (
              <Canvas answer={given} progress={progress} />
            )}
          </div>
          <Derivation answer={given} />
          <StepBar explanation={given.explanation} progress={progress} />
        </>
      )}
    </>
  );
}
