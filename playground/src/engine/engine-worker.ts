import { answer } from "./engine.js";
import type { Question, Wish } from "./messages.js";
import { write } from "./write.js";

addEventListener("message", ({ data, ports }: MessageEvent<Question | Wish>) => {
  if ("format" in data) ports[0]?.postMessage(write(data.question, data.format, data.lang));
  else postMessage(answer(data));
});
