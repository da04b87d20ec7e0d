// PyTorch runs in a Python process of its own and times itself; the two speak one JSON object a line.
import { spawn, spawnSync } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const worker = fileURLToPath(new URL("worker.py", import.meta.url));

/** The first Python that has torch; the system's own may not be the first on the path. */
function findPython() {
  const candidates = [process.env.PYTHON, "python3", "/usr/bin/python3"];
  return candidates.find(
    (python) =>
      python !== undefined &&
      spawnSync(python, ["-c", "import torch"], { stdio: "ignore" }).status === 0,
  );
}

export class Torch {
  /** @type {import("node:child_process").ChildProcess | undefined} */
  #process;
  /** @type {((line: string) => void)[]} */
  #waiting = [];
  /** @type {string | undefined} */
  version;

  /**
   * @param {string} file
   * @param {import("./types.js").Inputs} inputs
   * @param {import("./types.js").Parameters} parameters
   * @param {"f32" | "f64"} dtype
   * @returns {Promise<import("./types.js").Contender>}
   */
  async contender(file, inputs, parameters, dtype) {
    await this.#start();
    const encoded = Object.entries(inputs).map(([name, { shape, data }]) => ({
      name,
      shape,
      dtype: data instanceof Float64Array ? "float64" : "float32",
      data: Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString("base64"),
    }));
    await this.#ask({ do: "load", file, parameters, inputs: encoded });
    return {
      kind: "torch",
      label: "",
      dtype,
      results: async (steps) => {
        const { results } = await this.#ask({ do: "results", steps });
        return results.map((/** @type {string} */ text) => decoded(text));
      },
      time: async (count) => (await this.#ask({ do: "time", count })).nanoseconds,
    };
  }

  /** Ends the process, if there is one. */
  stop() {
    this.#process?.kill();
    this.#process = undefined;
  }

  async #start() {
    if (this.#process !== undefined) return;
    const python = findPython();
    if (python === undefined)
      throw new Error("not installed (Debian: python3-torch, libopenblas0)");
    const child = spawn(python, [worker], {
      stdio: ["pipe", "pipe", "inherit"],
      env: { ...process.env, OMP_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: "1" },
    });
    this.#process = child;
    createInterface({ input: child.stdout }).on("line", (line) => this.#waiting.shift()?.(line));
    child.on("exit", (code) => {
      this.#process = undefined;
      const text = JSON.stringify({ error: `the Python process ended (${code})` });
      for (const resolve of this.#waiting.splice(0)) resolve(text);
    });
    const { version, blas } = await this.#ask({ do: "hello" });
    this.version = `${version}, ${blas}`;
  }

  /** @param {Readonly<Record<string, unknown>>} message */
  async #ask(message) {
    const line = await new Promise((/** @type {(line: string) => void} */ resolve) => {
      this.#waiting.push(resolve);
      this.#process?.stdin?.write(`${JSON.stringify(message)}\n`);
    });
    const answer = JSON.parse(line);
    if (answer.error !== undefined) throw new Error(answer.error);
    return answer;
  }
}

/** @param {string} text base64 of doubles */
function decoded(text) {
  const bytes = Uint8Array.from(Buffer.from(text, "base64"));
  return new Float64Array(bytes.buffer);
}
