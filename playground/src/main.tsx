import "katex/dist/katex.min.css";
import "./style/page.css";
import "./style/header.css";
import "./style/explain.css";
import "./style/graph.css";
import "./style/chain-rule.css";
import "./style/help.css";
import "./style/steps.css";
import "./style/code.css";
import "./style/tables.css";
import "./style/lecture.css";
import "./style/widths.css";
import { effect } from "@preact/signals";
import { render } from "preact";
import { App } from "./App.js";
import { startEngine } from "./engine/client.js";
import { shownState } from "./explain/shown.js";
import { loadFonts } from "./graph/measure.js";
import { followAddress, state, unpackAddress } from "./state/store.js";
import { words } from "./words/words.js";

await unpackAddress();
startEngine();
followAddress(shownState);
effect(() => {
  document.documentElement.lang = state.value.lang;
  document.title = words.value.title;
});
effect(() => {
  document.documentElement.dataset.theme = state.value.theme;
});
await loadFonts();
const root = document.getElementById("app") as HTMLElement;
root.replaceChildren();
render(<App />, root);
