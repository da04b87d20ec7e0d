import { answer } from "./engine.js";
import type { Question } from "./messages.js";

addEventListener("message", ({ data }: MessageEvent<Question>) => postMessage(answer(data)));
