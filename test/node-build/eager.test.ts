import { expect, test } from "vitest";
import { compiledOnLoad } from "../../scripts/node-build/eager.mjs";

/** Where the functions begin whose text starts so. */
const at = (code: string, ...starts: string[]): Set<number> =>
  new Set(
    starts.map((start) => {
      const found = code.indexOf(start);
      if (found < 0) throw new Error(`no ${start}`);
      return found;
    }),
  );

/** What the code evaluates to, as the body of a function that returns. */
const run = (code: string): unknown => new Function(code)();

test("declarations become constants at the top, and can be called before", () => {
  const code = 'import "x";\nconst three = twice(1) + 1;\nfunction twice(x) { return x + x; }\n';
  const marked = compiledOnLoad(code, at(code, "function twice"));
  expect(marked).toMatch(/^import "x";\s*const twice = \(function\s*\(x\)/);
  expect(run(`${marked.replace('import "x";', "")} return three;`)).toBe(3);
});

test("arrow functions become functions, by every form of parameters and body", () => {
  const code = `
    const bare = a => a + 1;
    const pair = (a, { b } = { b: 2 }) => ({ sum: a + b });
    const block = (a) => { return a * 2; };
    const within = (a) => (b) => [a, b].map((c) => c + 1);
    const text = (a) => "=>" + a;`;
  const marked = compiledOnLoad(
    code,
    at(code, "a => a", "(a, {", "(a) => {", "(a) => (b)", "(b) =>", "(c) =>", '(a) => "'),
  );
  expect(marked.match(/\(function \(/g)).toHaveLength(7);
  expect(marked).not.toMatch(/=> [^"]/);
  const results = "return [bare(1), pair(1), block(3), within(1)(2), text(1), bare.name];";
  expect(run(marked + results)).toEqual([2, { sum: 3 }, 6, [2, 3], "=>1", "bare"]);
});

test("methods of classes are put there by the class: with its private names, and not enumerable", () => {
  const code = `
    class Sum {
      #by = 1;
      of(a) { return a + this.#by + arguments.length; }
      twice(a) { return [a].map((x) => this.of(x) * 2)[0]; }
    }
    class More extends Sum { of(a) { return a + 10; } }`;
  const marked = compiledOnLoad(
    code,
    at(code, "of(a) { return a + this", "twice(a)", "of(a) { return a + 10"),
  );
  expect(marked.match(/static \{/g)).toHaveLength(3);
  const results =
    "return [new Sum().of(1), new More().twice(1), Sum.prototype.of.name, Object.keys(Sum.prototype)];";
  expect(run(marked + results)).toEqual([3, 22, "of", []]);
});

test("only what is called is marked; what needs the function or class around stays", () => {
  const code = `
    function never() { return 0; }
    const list = { method(a) { return a; }, get it() { return 1; }, plain: function (a) { return a; } };
    class Sum { of(a) { return a; } static from() { return 1; } get by() { return 1; } async later() {} #own() {} ["x"]() {} }
    class More extends Sum { of(a) { return [a].map((x) => x + super.of(1)); } constructor() { super(); } }
    const later = async (a) => a;
    function* count() { yield 1; }
    function around() { return [1].map((x) => x + arguments.length); }`;
  const all = [
    "method(a)",
    "get it",
    "function (a)",
    "async (a)",
    "static from",
    "get by",
    "async later",
    "#own",
    '["x"]',
    "of(a) { return [",
    "(x) => x + super",
    "constructor",
  ];
  const marked = compiledOnLoad(code, at(code, ...all, "function* count", "(x) => x + arg"));
  expect(marked.replace("(function (a) { return a; })", "function (a) { return a; }")).toBe(code);
  expect(run(`${marked} return [new More().of(1), list.it, around(1)];`)).toEqual([[2], 1, [2]]);
});
