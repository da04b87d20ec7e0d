import { examples } from "../examples.js";
import { scenes } from "../lecture/sections.js";
import type { Tab, Theme } from "../state/state.js";
import { chooseLanguage, state, update } from "../state/store.js";
import { words } from "../words/words.js";
import { Export } from "./Export.js";
import { Help } from "./Help.js";

const tabs: readonly Tab[] = ["explain", "train", "lecture"];
const themes: readonly Theme[] = ["auto", "light", "dark"];
const signs = { auto: "◐", light: "○", dark: "●" } as const;

export function Header() {
  const say = words.value;
  const { tab, lang, theme } = state.value;
  const nextTheme = themes[(themes.indexOf(theme) + 1) % themes.length] as Theme;
  return (
    <header class="top">
      <span class="brand" aria-hidden="true">
        ∂
      </span>
      <h1 class="brand-name">cotangent</h1>
      <nav class="tabs" aria-label={say.views}>
        {tabs.map((one) => (
          <button
            key={one}
            type="button"
            aria-current={tab === one ? "page" : undefined}
            onClick={() =>
              update(one === "lecture" ? { tab: one, section: 0, ...scenes[0] } : { tab: one }, {
                keep: true,
              })
            }
          >
            {say[one]}
          </button>
        ))}
      </nav>
      <span class="spacer" />
      {tab === "explain" && (
        <div class="work">
          <Examples />
          <Export />
        </div>
      )}
      <button
        type="button"
        class="quiet"
        lang={lang === "en" ? "ru" : "en"}
        aria-label={say.languageLabel}
        onClick={() => chooseLanguage(lang === "en" ? "ru" : "en")}
      >
        {lang === "en" ? "RU" : "EN"}
      </button>
      <button
        type="button"
        class="quiet"
        aria-label={say.theme(say.themes[theme])}
        title={say.theme(say.themes[theme])}
        onClick={() => update({ theme: nextTheme })}
      >
        {signs[theme]}
      </button>
      <Help />
    </header>
  );
}

function Examples() {
  const say = words.value;
  const { lang, expr } = state.value;
  const now = examples.find((one) => one.state.expr === expr);
  return (
    <select
      class="quiet"
      aria-label={say.examples}
      value={now?.id ?? ""}
      onChange={({ currentTarget }) => {
        const chosen = examples.find(({ id }) => id === currentTarget.value);
        if (chosen === undefined) return;
        update(
          { ...chosen.state, of: "", step: null, pin: "", order: 0, twice: false },
          { keep: true },
        );
      }}
    >
      {now === undefined && <option value="">{say.examples}</option>}
      {examples.map(({ id, name }) => (
        <option key={id} value={id}>
          {name[lang]}
        </option>
      ))}
    </select>
  );
}
