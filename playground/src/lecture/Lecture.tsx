import { words } from "../words/words.js";

export function Lecture() {
  return <p class="soon">{words.value.soon}</p>;
}
