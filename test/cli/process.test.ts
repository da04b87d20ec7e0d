import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

/** The command line as it is built: what only a process of its own can show. */
const program = join(process.cwd(), "dist", "node", "cli", "main.js");

const folder = (): string => mkdtempSync(join(tmpdir(), "cotangent-process-"));
const env = { ...process.env, NO_COLOR: "1", LANG: "C", LC_ALL: "C" };

function call(args: readonly string[], options: { readonly input?: string; cwd?: string } = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    encoding: "utf8",
    env,
    input: "",
    ...options,
  });
  return { code: status, out: stdout, err: stderr };
}

it("is built (npm test builds it)", () => {
  expect(existsSync(program)).toBe(true);
});

describe("exit codes", () => {
  it.each([
    [["grad", "x^2", "--at", "x=3"], 0],
    [["gradcheck", "x^5", "--eps", "1", "--rtol", "1e-18", "--atol", "1e-18"], 1],
    [["explain", "x +"], 2],
    [["grad", "log(x)", "--at", "x=-1"], 3],
    [["train", "no-such-file.csv"], 4],
  ] as [string[], number][])("%j gives %i", (args, code) => {
    expect(call(args).code).toBe(code);
  });
});

it("reads standard input to its end", () => {
  const source = `${"x + ".repeat(20_000)}x\n`;
  expect(call(["grad", "-", "--at", "x=1"], { input: source }).out).toBe("20001\n");
});

it("a reader that leaves early is no error worth a word", () => {
  const shell = spawnSync(
    "bash",
    [
      "-c",
      `set -o pipefail; "${process.execPath}" "${program}" demo | head -n 1 >/dev/null; echo $?`,
    ],
    { encoding: "utf8", env },
  );
  expect(shell.stderr).toBe("");
  // 0 if all was written before head left
  expect(["0\n", "141\n"]).toContain(shell.stdout);
});

it.skipIf(!existsSync("/dev/full"))(
  "a full disk behind standard output is told and exits 4",
  () => {
    const command = `"${process.execPath}" "${program}" demo > /dev/full`;
    const { status, stderr } = spawnSync("bash", ["-c", command], { encoding: "utf8", env });
    expect(stderr).toBe("error: cannot write stdout: no space left on device\n");
    expect(status).toBe(4);
  },
);

it("Ctrl-C while training saves a checkpoint and exits 130", async () => {
  const cwd = folder();
  const rows = Array.from({ length: 200 }, (_, i) => `${i},${2 * i + (i % 7)}`);
  writeFileSync(join(cwd, "data.csv"), ["x,y", ...rows, ""].join("\n"));
  const endless = ["--epochs", "1000000000", "--until-gradient", "0", "--save", "run.json"];
  const child = spawn(process.execPath, [program, "train", "data.csv", ...endless], { cwd, env });
  let err = "";
  child.stderr.on("data", (chunk) => {
    // once: a second Ctrl-C would end the program without saving
    if (err === "") setTimeout(() => child.kill("SIGINT"), 200);
    err += chunk;
  });
  const code = await new Promise((resolve) => child.on("close", resolve));
  expect(code).toBe(130);
  expect(err).toContain("saved run.json at epoch");
  const saved = JSON.parse(readFileSync(join(cwd, "run.json"), "utf8"));
  expect(saved.epoch).toBeGreaterThan(0);
  const until = String(saved.epoch + 3);
  expect(call(["train", "data.csv", "--resume", "run.json", "--epochs", until], { cwd }).code).toBe(
    0,
  );
}, 30_000);

it("Ctrl-C elsewhere ends at once", async () => {
  const child = spawn(process.execPath, [program, "explain", "-"], { env });
  setTimeout(() => child.kill("SIGINT"), 300);
  const [code, signal] = await new Promise<[number | null, string | null]>((resolve) =>
    child.on("close", (...ended) => resolve(ended)),
  );
  // shells report a death by SIGINT as 130
  expect([code ?? signal]).toEqual(["SIGINT"]);
});

it("bash completes commands, options and their values", () => {
  const complete = (line: string): string[] => {
    const words = line.split(" ");
    const script = [
      `source <("${process.execPath}" "${program}" completions bash)`,
      `COMP_WORDS=(${words.map((word) => `"${word}"`).join(" ")})`,
      `COMP_CWORD=${words.length - 1}`,
      "_cotangent",
      `printf "%s\\n" "\${COMPREPLY[@]}"`,
    ];
    const { stdout } = spawnSync("bash", ["-c", script.join("\n")], {
      encoding: "utf8",
      env,
      cwd: folder(),
    });
    return stdout.trim().split("\n");
  };
  expect(complete("cotangent gr")).toEqual(["grad", "gradcheck"]);
  expect(complete("cotangent train --until")).toEqual(["--until-loss", "--until-gradient"]);
  expect(complete("cotangent train --link s")).toEqual(["sigmoid"]);
  expect(complete("cotangent explain --format j")).toEqual(["json"]);
});
