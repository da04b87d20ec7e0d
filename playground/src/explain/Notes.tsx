import { formatNumber } from "../../../src/explain/numbers.js";
import { warningText } from "../../../src/explain/warnings.js";
import type { Answer } from "../engine/messages.js";
import { lecture } from "../state/state.js";
import { state } from "../state/store.js";
import { words } from "../words/words.js";
import { progressAt } from "./steps.js";

/** Where a formula may mean another thing, and where NaN and infinities come from. */
export function Warnings({ answer }: { readonly answer: Answer }) {
  const { lang } = state.value;
  return (
    <>
      {answer.noted !== undefined && <p class="remark">{`${answer.noted[lang]}.`}</p>}

      {answer.explanation.warnings.map((warning) => (
        <p class="remark warning" key={`${warning.kind} ${warning.at}`}>
          {warningText(warning, lang)}
        </p>
      ))}
    </>
  );
}

/** Where the notes of the lecture slip. */
export function Slip({ answer }: { readonly answer: Answer }) {
  const told = progressAt(answer.explanation, state.value.step).gradients.has("h");
  const slip = told ? slipOf(answer) : undefined;
  return slip === undefined ? null : <p class="remark">{words.value.slip(slip)}</p>;
}

/** The notes' ∂f/∂h, which is 2·f, and what follows from it, at the notes' numbers. */
function slipOf({ explanation, question, wrt, inputs }: Answer) {
  if (question.expr.replace(/\s/g, "") !== lecture.expr || question.of !== "" || question.twice)
    return undefined;
  const theirs: Answer["question"]["inputs"] = lecture.inputs;
  if (inputs.some(([name, value]) => theirs[name] !== value)) return undefined;
  const at = (id: string) => explanation.nodes.find((node) => node.id === id)?.value;
  const [f, h] = [at("f"), at("h")];
  const path = explanation.paths[0]?.listed[0];
  if (typeof f !== "number" || typeof h !== "number" || path === undefined || wrt === "f")
    return undefined;
  const wrong = path.factors.slice(1).reduce((product, factor) => product * factor, 2 * f);
  return {
    slip: formatNumber(2 * f),
    h: formatNumber(h),
    right: formatNumber(2 * h),
    wrt: wrt === "h" ? "" : wrt,
    wrong: formatNumber(wrong),
    gradient: formatNumber(path.product ?? Number.NaN),
  };
}
