import { calleesOf } from "./callees.js";
import { entry } from "./entry.js";
import type {
  Block,
  Buffer,
  Operand,
  Place,
  Program,
  Routine,
  Statement,
  Variable,
} from "./types.js";

/** The program as text: buffers, then `main` and what it calls, one statement a line. */
export function printProgram({ main, fixed }: Program): string {
  const printer = new Printer();
  const buffers = fixed.map((buffer) => {
    const { dtype, bytes, role, address } = buffer;
    const at = address === undefined ? "" : ` at ${address}`;
    return `${role} ${printer.buffer(buffer)}: ${dtype}, ${bytes} bytes${at}`;
  });
  const routines = calleesOf(main).routines.flatMap((routine) => printer.routine(routine));
  return [...buffers, ...routines].join("\n");
}

/** Numbers values and variables in the order in which they appear. */
class Printer {
  private readonly values = new Map<number, string>();
  private readonly buffers = new Map<Buffer, string>();
  private readonly variables = new Map<Variable, string>();

  routine({ name, params, body, result }: Routine): string[] {
    const takes = params.map((param) => `${this.operand(param)}: ${param.type}`).join(", ");
    const head = params.length === 0 ? name : `${name}(${takes})`;
    const gives = result === undefined ? [] : [`  return ${this.operand(result)}`];
    const lines = ["", `${head} {`];
    this.block(body, "  ", lines);
    return [...lines, ...gives, "}"];
  }

  private block({ statements }: Block, indent: string, lines: string[]): void {
    for (const statement of statements) {
      for (const part of this.statement(statement)) {
        if (typeof part === "string") lines.push(indent + part);
        else this.block(part, `${indent}  `, lines);
      }
    }
  }

  private operand(operand: Operand): string {
    if (operand.kind === "constant") return String(operand.value);
    return numbered(this.values, operand.id, operand.kind === "formal" ? operand.name : "v");
  }

  buffer(buffer: Buffer): string {
    return numbered(this.buffers, buffer, `${buffer.name}.`);
  }

  private variable(variable: Variable): string {
    return numbered(this.variables, variable, `${variable.name}.`);
  }

  private place({ buffer, at, offset }: Place): string {
    const terms = at === undefined ? [] : [this.operand(at)];
    if (offset !== 0 || at === undefined) terms.push(String(offset));
    const name = buffer === undefined ? "memory" : this.buffer(buffer);
    return `${name}[${terms.join(" + ")}]`;
  }

  private list(operands: readonly Operand[]): string {
    return operands.map((operand) => this.operand(operand)).join(", ");
  }

  /** Its lines, and the blocks between them. */
  private *statement(statement: Statement): Generator<string | Block> {
    const { kind } = statement;
    const named = "id" in statement ? `${this.operand(statement)}: ${statement.type} = ` : "";
    switch (kind) {
      case "instruction": {
        const { op, args, sequence, callee, lane } = statement;
        const detail = (sequence ?? callee)?.name ?? lane;
        const called = detail === undefined ? op : `${op} ${detail}`;
        yield `${named}${called} ${this.list(args)}`;
        return;
      }
      case "load":
      case "address":
        yield `${named}${kind} ${this.place(statement.place)}`;
        return;
      case "read":
        yield named + this.variable(statement.variable);
        return;
      case "store":
        yield `store ${this.place(statement.place)} = ${this.operand(statement.value)}`;
        return;
      case "assign":
        yield `${this.variable(statement.variable)} = ${this.operand(statement.value)}`;
        return;
      case "perform":
        yield `perform ${statement.callee.name}(${this.list(statement.args)})`;
        return;
      case "copy": {
        const bytes = this.operand(statement.bytes);
        yield `copy ${this.place(statement.to)} = ${this.place(statement.from)}, ${bytes} bytes`;
        return;
      }
      case "clear":
        yield `clear ${this.place(statement.to)}, ${this.operand(statement.bytes)} bytes`;
        return;
      case "branch":
        yield `if ${this.operand(statement.condition)} {`;
        yield statement.yes;
        if (statement.no.statements.length > 0) {
          yield "} else {";
          yield statement.no;
        }
        break;
      case "while":
        yield "while {";
        yield statement.test;
        yield `} ${this.operand(statement.condition)} {`;
        yield statement.body;
        break;
      default: {
        const { counter, from, to, step, body } = statement;
        const range = `${this.operand(from)}..${this.operand(to)}`;
        const by = step === 1 ? "" : ` step ${step}`;
        yield `for ${this.operand(counter)} in ${range}${by} {`;
        yield body;
      }
    }
    yield "}";
  }
}

/** The name of `key`: its prefix with the number of names before, when it first comes. */
function numbered<K>(names: Map<K, string>, key: K, prefix: string): string {
  return entry(names, key, () => `${prefix}${names.size}`);
}
