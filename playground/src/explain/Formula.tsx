import { useRef } from "preact/hooks";
import { answer, refusal, settled } from "../engine/client.js";
import type { Refusal } from "../engine/messages.js";
import { Name } from "../math/Name.js";
import { useSlow } from "../parts/slow.js";
import { state, update } from "../state/store.js";
import type { Words } from "../words/en.js";
import { words } from "../words/words.js";

/** The formula as text, its mistakes marked in place and told below. */
export function Formula() {
  const say = words.value;
  const { expr, lang } = state.value;
  const wrong = refusal.value;
  const mirror = useRef<HTMLDivElement>(null);
  const typed = useRef<string | undefined>(undefined);
  const graph = answer.value?.grown ?? answer.value?.explanation;
  const problem = wrong !== undefined && "span" in wrong.problem ? wrong.problem : undefined;
  const replacement = problem?.fix?.replacement;
  const slow = useSlow(!settled.value);
  return (
    <div class="formula">
      <label class="name" for="formula">
        <Name text={answer.value?.result ?? "f"} /> =
      </label>
      <div class="field">
        <div class="mirror" aria-hidden="true" ref={mirror}>
          <Marked text={expr} span={problem?.span} />
        </div>
        <textarea
          id="formula"
          rows={1}
          spellcheck={false}
          autocomplete="off"
          autocapitalize="off"
          aria-label={say.formula}
          aria-invalid={wrong !== undefined}
          aria-describedby="formula-says"
          value={expr}
          onInput={({ currentTarget }) => {
            // Back then gives the formula before it was edited
            const keep = typed.current !== state.peek().expr;
            typed.current = currentTarget.value;
            update({ expr: currentTarget.value, step: null, pin: "", of: "" }, { keep });
          }}
          onBlur={() => {
            typed.current = undefined;
          }}
          onScroll={({ currentTarget }) => {
            if (mirror.current !== null) mirror.current.scrollTop = currentTarget.scrollTop;
          }}
        />
      </div>
      <p id="formula-says" class={wrong === undefined ? "says" : "says wrong"} role="status">
        {slow
          ? say.working
          : wrong === undefined
            ? graph && say.size(graph.nodes.length, graph.edges.length)
            : tell(wrong, say, lang)}
        {replacement !== undefined && (
          <button
            type="button"
            onClick={() => {
              const points = Array.from(expr);
              const { span, text } = replacement;
              points.splice(span.start, span.end - span.start, text);
              update({ expr: points.join("") });
              // the button goes with the mistake
              document.getElementById("formula")?.focus();
            }}
          >
            {say.fix}
          </button>
        )}
      </p>
    </div>
  );
}

/** The text again, behind the field, with a wavy line under the mistake. */
function Marked({
  text,
  span,
}: {
  readonly text: string;
  readonly span: { readonly start: number; readonly end: number } | undefined;
}) {
  if (span === undefined) return <>{`${text} `}</>;
  const points = Array.from(text);
  const start = Math.min(span.start, points.length);
  const end = Math.max(span.end, start + 1);
  return (
    <>
      {points.slice(0, start).join("")}
      <mark>{points.slice(start, end).join("") || " "}</mark>
      {`${points.slice(end).join("")} `}
    </>
  );
}

function tell({ problem }: Refusal, say: Words, lang: "en" | "ru"): string {
  if ("reason" in problem) {
    switch (problem.reason) {
      case "not scalar":
        return say.notScalar(problem.type);
      case "no derivative":
        return say.noDerivative(problem.type);
      case "no variables":
        return say.noVariables;
      case "other":
        return say.otherProblem(problem.text);
    }
  }
  const { message, label, fix } = problem;
  return [message, label, fix]
    .flatMap((text) => (text === undefined ? [] : [text[lang]]))
    .filter((text, i, all) => all.indexOf(text) === i)
    .join(" · ");
}
