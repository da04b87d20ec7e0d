// Marks functions for V8 to compile with the file that holds them. V8 reads a function only roughly until its first
// call, and reads it whole then; one that stands in parentheses it takes to be called at once, and compiles:
// https://v8.dev/blog/preparser#pife. Reading twice costs a first call a third of its time.
import MagicString from "magic-string";
import { parseAst } from "rolldown/parseAst";

/** @typedef {{ type: string, start: number, end: number, [key: string]: any }} Syntax */

/**
 * The code with the functions that begin at some offsets in parentheses: declarations as constants at the top, where
 * they are as early as they were; arrow functions and methods of classes, which get no such treatment, as functions. What
 * is asynchronous, a generator, static, a getter or asks for the `this` or `super` around it stays as it is.
 * @param {string} code of an ES module
 * @param {Set<number>} offsets
 */
export function compiledOnLoad(code, offsets) {
  const program = /** @type {Syntax} */ (parseAst(code, { lang: "js" }));
  const text = new MagicString(code);
  let assigns = false;
  const top = program.body.findLast((/** @type {Syntax} */ s) => s.type === "ImportDeclaration");
  for (const { node, parent } of innermostFirst(program)) {
    if (!offsets.has(node.start) || node.async || node.generator) continue;
    if (node.type === "FunctionDeclaration" && parent === program) {
      text.prependRight(node.start, `const ${node.id.name} = (`);
      text.update(node.id.start, node.id.end, "");
      text.appendLeft(node.end, ");\n");
      text.move(node.start, node.end, top?.end ?? 0);
    } else if (node.type === "FunctionExpression" && standsAlone(parent)) {
      text.prependRight(node.start, "(");
      text.appendLeft(node.end, ")");
    } else if (node.type === "ArrowFunctionExpression" && !holds(node, isOfAround)) {
      asFunction(text, code, node);
    } else if (isPlainMethod(node) && !holds(node.value, isSuper)) {
      asAssigned(text, node);
      assigns = true;
    }
  }
  if (assigns) text.append(assign);
  return text.toString();
}

/** `(a) => b` as `(function (a) { return b; })`. @param {MagicString} text @param {string} code @param {Syntax} node */
function asFunction(text, code, { start, end, params, body }) {
  const isBlock = body.type === "BlockStatement";
  // nothing else can stand between the parameters and the arrow, or the arrow and the body
  const arrow = code.lastIndexOf("=>", body.start);
  const bare = params.length === 1 && params[0].start === start;
  text.prependRight(start, bare ? "(function (" : "(function ");
  text.update(arrow, arrow + 2, `${bare ? ")" : ""}${isBlock ? "" : " { return"}`);
  text.appendLeft(end, isBlock ? ")" : "; })");
}

/** Gives a class a method as its body would. */
const assign = `
function $method(Class, [[name, value]]) {
  Object.defineProperty(Class.prototype, name, { value, writable: true, configurable: true });
}
`;

/**
 * `name(a) { … }` of a class as a function that the class puts there itself, where private names are known still.
 * @param {MagicString} text @param {Syntax} method
 */
function asAssigned(text, { start, key, value }) {
  text.update(start, key.end, `static { $method(this, Object.entries({ ${key.name}: (function `);
  text.appendLeft(value.end, ") })); }");
}

/** Whether something is `name(a) { … }` of a class. @param {Syntax} node */
function isPlainMethod({ type, kind, key, computed, static: isStatic, value }) {
  if (type !== "MethodDefinition" || kind !== "method" || computed || isStatic) return false;
  return key.type === "Identifier" && !value.async && !value.generator;
}

/** Whether a function here is not that of a method, getter or constructor. @param {Syntax} parent */
function standsAlone(parent) {
  if (parent.type === "MethodDefinition") return false;
  return parent.type !== "Property" || (parent.kind === "init" && !parent.method);
}

/** @param {Syntax} node */
const isSuper = ({ type }) => type === "Super";

/** Whether an arrow function has this of the function around it. @param {Syntax} node */
const isOfAround = ({ type, name }) =>
  ["ThisExpression", "Super", "MetaProperty"].includes(type) ||
  (type === "Identifier" && name === "arguments");

/** Whether something stands in a function, and not in a function of its own. @param {Syntax} f @param {(node: Syntax) => boolean} something */
function holds({ params, body }, something) {
  const waiting = [...params, body];
  while (waiting.length > 0) {
    const node = waiting.pop();
    if (node.type === "FunctionExpression" || node.type === "FunctionDeclaration") continue;
    if (something(node)) return true;
    waiting.push(...partsOf(node));
  }
  return false;
}

/** Every node with the one around it, those within others before these. @param {Syntax} program */
function innermostFirst(program) {
  const found = [{ node: program, parent: program }];
  for (let i = 0; i < found.length; i++) {
    const { node } = /** @type {{ node: Syntax }} */ (found[i]);
    for (const part of partsOf(node)) found.push({ node: part, parent: node });
  }
  return found.reverse();
}

/** @param {Syntax} node @returns {Syntax[]} */
function partsOf(node) {
  return Object.values(node)
    .flat()
    .filter((part) => typeof part === "object" && part !== null && typeof part.type === "string");
}
