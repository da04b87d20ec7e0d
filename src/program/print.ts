import { calleesOf } from "./callees.js";
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
  private readonly buffers = new Map<Buffer, number>();
  private readonly variables = new Map<Variable, string>();

  routine({ name, params, body, result }: Routine): string[] {
    const takes = params.map((param) => `${this.operand(param)}: ${param.type}`).join(", ");
    const head = params.length === 0 ? name : `${name}(${takes})`;
    const gives = result === undefined ? [] : [`  return ${this.operand(result)}`];
    return ["", `${head} {`, ...this.block(body, 1), ...gives, "}"];
  }

  block({ statements }: Block, depth: number): string[] {
    const lines: string[] = [];
    for (const statement of statements) {
      for (const line of this.statement(statement, depth)) lines.push(line);
    }
    return lines;
  }

  private name(id: number, prefix = "v"): string {
    let name = this.values.get(id);
    if (name === undefined) {
      name = `${prefix}${this.values.size}`;
      this.values.set(id, name);
    }
    return name;
  }

  private operand(operand: Operand): string {
    if (operand.kind === "constant") return String(operand.value);
    return this.name(operand.id, operand.kind === "formal" ? operand.name : "v");
  }

  buffer(buffer: Buffer): string {
    let number = this.buffers.get(buffer);
    if (number === undefined) {
      number = this.buffers.size;
      this.buffers.set(buffer, number);
    }
    return `${buffer.name}.${number}`;
  }

  private variable(variable: Variable): string {
    let name = this.variables.get(variable);
    if (name === undefined) {
      name = `${variable.name}.${this.variables.size}`;
      this.variables.set(variable, name);
    }
    return name;
  }

  private place({ buffer, at, offset }: Place): string {
    const terms = [
      ...(at === undefined ? [] : [this.operand(at)]),
      ...(offset === 0 && at !== undefined ? [] : [String(offset)]),
    ];
    const name = buffer === undefined ? "memory" : this.buffer(buffer);
    return `${name}[${terms.join(" + ")}]`;
  }

  private statement(statement: Statement, depth: number): string[] {
    const indent = "  ".repeat(depth);
    const line = (text: string): string[] => [indent + text];
    switch (statement.kind) {
      case "instruction": {
        const { op, args, type, sequence, callee, lane } = statement;
        const detail = (sequence ?? callee)?.name ?? lane;
        const inputs = args.map((arg) => this.operand(arg)).join(", ");
        const called = detail === undefined ? op : `${op} ${detail}`;
        return line(`${this.name(statement.id)}: ${type} = ${called} ${inputs}`);
      }
      case "load":
        return line(
          `${this.name(statement.id)}: ${statement.type} = load ${this.place(statement.place)}`,
        );
      case "address":
        return line(`${this.name(statement.id)}: i32 = address ${this.place(statement.place)}`);
      case "read":
        return line(
          `${this.name(statement.id)}: ${statement.type} = ${this.variable(statement.variable)}`,
        );
      case "store":
        return line(`store ${this.place(statement.place)} = ${this.operand(statement.value)}`);
      case "assign":
        return line(`${this.variable(statement.variable)} = ${this.operand(statement.value)}`);
      case "perform": {
        const args = statement.args.map((arg) => this.operand(arg)).join(", ");
        return line(`perform ${statement.callee.name}(${args})`);
      }
      case "copy": {
        const bytes = this.operand(statement.bytes);
        return line(
          `copy ${this.place(statement.to)} = ${this.place(statement.from)}, ${bytes} bytes`,
        );
      }
      case "clear":
        return line(`clear ${this.place(statement.to)}, ${this.operand(statement.bytes)} bytes`);
      case "branch":
        return [
          ...line(`if ${this.operand(statement.condition)} {`),
          ...this.block(statement.yes, depth + 1),
          ...(statement.no.statements.length === 0
            ? []
            : [...line("} else {"), ...this.block(statement.no, depth + 1)]),
          ...line("}"),
        ];
      case "while":
        return [
          ...line("while {"),
          ...this.block(statement.test, depth + 1),
          ...line(`} ${this.operand(statement.condition)} {`),
          ...this.block(statement.body, depth + 1),
          ...line("}"),
        ];
      default: {
        const { counter, from, to, step, body } = statement;
        const range = `${this.operand(from)}..${this.operand(to)}`;
        const by = step === 1 ? "" : ` step ${step}`;
        return [
          ...line(`for ${this.operand(counter)} in ${range}${by} {`),
          ...this.block(body, depth + 1),
          ...line("}"),
        ];
      }
    }
  }
}
