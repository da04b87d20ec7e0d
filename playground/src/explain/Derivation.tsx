import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { stepTerms } from "../../../src/explain/contribution.js";
import { phrases } from "../../../src/explain/format/language.js";
import type { ExplainedEdge, Explanation, Path, PathStep } from "../../../src/explain/index.js";
import { formatFactor, formatValue } from "../../../src/explain/numbers.js";
import { refusal } from "../engine/client.js";
import type { Answer } from "../engine/messages.js";
import { Name } from "../math/Name.js";
import { fitNumber } from "../math/numbers.js";
import { texName, texPartial, textPartial } from "../math/partial.js";
import { Tex } from "../math/Tex.js";
import { narrow } from "../parts/media.js";
import { state, update } from "../state/store.js";
import { words } from "../words/words.js";
import { lit, pointing, togglePin } from "./focus.js";
import { Hessian } from "./Hessian.js";
import { Inspector } from "./Inspector.js";
import { Slip, Warnings } from "./Notes.js";

/** Factors shown before the reader asks for more terms. */
const some = 32;

/** The chain rule for one node: a term for each path, a factor for each edge; the check and the cost. */
export function Derivation({ answer }: { readonly answer: Answer }) {
  const say = words.value;
  const { lang } = state.value;
  const [more, setMore] = useState("");
  const [open, setOpen] = useState(false);
  const { explanation, wrt } = answer;
  const { output, nodes, cost } = explanation;
  const sum = explanation.paths[0];
  const byId = new Map(explanation.edges.map((edge) => [edge.id, edge]));
  const check = explanation.check.find(({ input }) => input === wrt);
  const listed = sum?.listed ?? [];
  const all = more === `${explanation.expression} ${wrt}`;
  const few = Math.max(1, Math.floor(some / Math.max(1, listed[0]?.edges.length ?? 1)));
  const shown = all ? listed : listed.slice(0, few);
  const pin = state.value.pin;
  const pinned = nodes.find(({ id }) => pin === `node:${id}`);
  const total = formatValue(sum?.total ?? 0);
  const kept = keptText(explanation);
  const place = useRef<HTMLElement>(null);
  useHeight(place);
  return (
    <section
      class={`derivation${open ? " open" : ""}${refusal.value === undefined ? "" : " stale"}`}
      aria-label={say.chainRule}
      ref={place}
    >
      <header>
        <h2>
          {narrow.value ? (
            <button type="button" aria-expanded={open} onClick={() => setOpen(!open)}>
              {say.chainRule}
            </button>
          ) : (
            say.chainRule
          )}
        </h2>
        <label class="by">
          <Tex math={`\\partial ${texName(output)}\\,/\\,\\partial`} />
          <select
            aria-label={`${say.chainRule}: ${say.by}`}
            title={wrt}
            value={wrt}
            onChange={({ currentTarget }) => update({ wrt: currentTarget.value, pin: "" })}
          >
            {nodes.map(({ id }) => (
              <option key={id} value={id}>
                {id}
              </option>
            ))}
          </select>
        </label>
        <b class="total backward" aria-hidden="true">
          {`=\u00a0${total}`}
        </b>
        <span class="count">{say.paths(sum?.count ?? "0")}</span>
      </header>
      <div class="rule">
        <Warnings answer={answer} />
        <div class="terms">
          {listed.length === 0 && <p>{say.noPath}</p>}
          {shown.map((path, i) => (
            <Term key={path.edges.join()} path={path} index={i} byId={byId} />
          ))}
          {String(shown.length) !== sum?.count && listed.length > 0 && (
            <p class="rest">… {say.moreOf(shown.length, sum?.count ?? "0")}</p>
          )}
          {listed.length > few && (
            <button
              type="button"
              class="more"
              onClick={() => setMore(all ? "" : `${explanation.expression} ${wrt}`)}
            >
              {all ? say.showFewer : say.showMore}
            </button>
          )}
        </div>
        <div class="result">
          <p class="sum">
            <Tex math={texPartial(output, wrt)} />
            <span class="equals">
              {listed.length > 1 && String(listed.length) === sum?.count
                ? `= ${listed.slice(0, 8).map(termText).join(" + ")}${listed.length > 8 ? " + …" : ""} `
                : ""}
              {"= "}
              <b class="backward">{total}</b>
            </span>
          </p>
          <dl class="facts">
            {check !== undefined && (
              <div class="checked">
                <dt>{say.check}</dt>
                <dd data-agrees={String(check.agrees)}>{phrases[lang].checked(check)}</dd>
              </div>
            )}
            <div>
              <dt>{say.allPaths}</dt>
              <dd>{say.factors(cost.pathFactors)}</dd>
            </div>
            <div>
              <dt>{say.backprop}</dt>
              <dd>{say.edges(cost.backwardEdges)}</dd>
            </div>
          </dl>
        </div>
        {kept !== "" && (
          <dl class="facts kept">
            <dt title={say.cache}>{say.cached}</dt>
            <dd>
              <Name text={kept} />
            </dd>
          </dl>
        )}
        {explanation.hessian !== undefined && <Hessian hessian={explanation.hessian} />}
        <Slip answer={answer} />
        {answer.question.order === 2 && leftOut(explanation) !== "" && (
          <p class="remark">{say.noHessian(leftOut(explanation))}</p>
        )}
        {pinned !== undefined && <Inspector answer={answer} node={pinned} />}
      </div>
    </section>
  );
}

/** Tells the page how much of a phone's window is behind the chain rule. */
function useHeight(place: { readonly current: HTMLElement | null }): void {
  useLayoutEffect(() => {
    const element = place.current;
    if (element === null) return;
    const { style } = document.documentElement;
    const observer = new ResizeObserver(() =>
      style.setProperty("--sheet", `${element.offsetHeight}px`),
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
}

/** The inputs whose second derivatives are no numbers. */
function leftOut({ inputs, hessian }: Explanation): string {
  const names = inputs.map(({ name }) => name);
  return names.filter((name) => hessian?.variables.includes(name) !== true).join(", ");
}

/** Names shown before the list is cut. */
const names = 6;

/** What the forward pass keeps for the way back, with its values. */
function keptText({ nodes }: Explanation): string {
  const kept = [...new Set(nodes.flatMap(({ cache }) => cache))];
  const values = new Map(nodes.map(({ id, value }) => [id, value]));
  const shown = kept.slice(0, names).map((id) => {
    const value = values.get(id);
    return typeof value === "number" ? `${id}\u00a0=\u00a0${formatValue(value)}` : id;
  });
  return `${shown.join(", ")}${kept.length > names ? ` … (${kept.length})` : ""}`;
}

/** What a path contributes. */
function termText({ product, steps }: Path): string {
  const value = product ?? steps?.at(-1)?.value;
  return value === undefined ? "…" : formatFactor(value);
}

/** A factor, in as much room as a column has. */
function bracketed(factor: number): string {
  const shown = fitNumber(factor, 7);
  return factor < 0 ? `(${shown})` : shown;
}

/** A factor between tensors: what arrives from above, put into the rule, and what comes of it. */
function Worked({
  step,
  rule,
}: {
  readonly step: PathStep | undefined;
  readonly rule: string | undefined;
}) {
  if (step === undefined) return null;
  const [result, ...terms] = stepTerms(step.numbers, step.value).reverse();
  return (
    <span class="worked" title={rule}>
      {terms.reverse().map((text) => (
        <span key={text}>{text} = </span>
      ))}
      <b>{result}</b>
    </span>
  );
}

/** One path as a product: a column for each factor, its symbol above its number. */
function Term({
  path,
  index,
  byId,
}: {
  readonly path: Path;
  readonly index: number;
  readonly byId: ReadonlyMap<string, ExplainedEdge>;
}) {
  const target = `path:${index}`;
  const { paths, edges, target: at } = lit.value;
  const bright = paths.has(index);
  const exact = at.startsWith("edge:") ? at.slice("edge:".length) : undefined;
  const down = path.product === null ? path.steps : undefined;
  const shape = down === undefined ? "term" : "term down";
  return (
    <div class={bright ? `${shape} lit` : shape} data-path={index}>
      <button
        type="button"
        class="whole"
        aria-pressed={state.value.pin === target}
        {...pointing(target)}
        onClick={() => togglePin(target)}
      >
        <span class="unseen">{words.value.term(index + 1)}</span>
        <span aria-hidden="true">{index === 0 ? "=" : "+"}</span>
      </button>
      {path.edges.length === 0 && <span class="factor">1</span>}
      {path.edges.map((id, i) => {
        const edge = byId.get(id) as ExplainedEdge;
        const strong = bright && (exact === undefined ? edges.has(id) : exact === id);
        return (
          <button
            key={id}
            type="button"
            class={strong ? "factor lit" : "factor"}
            data-factor={id}
            title={textPartial(edge.to, edge.from)}
            aria-pressed={state.value.pin === `edge:${id}`}
            {...pointing(`edge:${id}`)}
            onClick={() => togglePin(`edge:${id}`)}
          >
            <span class="unseen">
              {`${textPartial(edge.to, edge.from)} ${edge.partial === null ? `: ${edge.rule}` : `= ${edge.formula}`}`}
            </span>
            <span aria-hidden="true">
              <Tex math={texPartial(edge.to, edge.from)} />
            </span>
            {down === undefined ? (
              <span class="number" aria-hidden="true">
                {path.factors[i] === undefined ? "" : bracketed(path.factors[i])}
              </span>
            ) : (
              <Worked step={down[i]} rule={edge.rule} />
            )}
          </button>
        );
      })}
      {path.product !== null && <span class="product">= {formatValue(path.product)}</span>}
    </div>
  );
}
