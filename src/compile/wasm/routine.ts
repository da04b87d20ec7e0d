import type { Block, Callee, Loop, Place, Routine, Statement, While } from "../../program/types.js";
import { address, pointer, store } from "./access.js";
import type { Assembler } from "./assembler.js";
import { Expressions } from "./expressions.js";
import * as Code from "./instruction-codes.js";
import { Way } from "./schedule.js";

/** The type of a block that leaves nothing on the stack. */
const empty = 0x40;

/** The code of a routine, and the types of its locals behind the parameters. */
export function emitRoutine(
  routine: Routine,
  indexOf: (callee: Callee) => number,
  fma: boolean,
): { readonly code: Assembler; readonly locals: readonly number[] } {
  return new RoutineEmitter(routine, indexOf, fma).emit(routine);
}

/** Writes statements in order; `at` is the position (`Schedule`) of the next. */
class RoutineEmitter extends Expressions {
  private at = 0;

  emit({ params, body, result }: Routine): { code: Assembler; locals: readonly number[] } {
    this.at = params.length;
    this.block(body);
    if (result !== undefined) this.push(result);
    this.code.op(Code.end);
    return { code: this.code, locals: this.locals.types };
  }

  private block({ statements }: Block): void {
    for (let i = 0; i < statements.length; i++) this.statement(statements[i] as Statement);
  }

  private statement(statement: Statement): void {
    const { code } = this;
    const at = this.at++;
    switch (statement.kind) {
      case "instruction":
      case "load":
      case "address":
        if (this.schedule.ways[at] !== Way.local) return;
        this.evaluate(at);
        this.expire(at);
        this.keep(statement, at);
        return;
      case "read": {
        const way = this.schedule.ways[at];
        if (way === Way.none) return;
        const variable = this.variable(statement.variable);
        if (way === Way.variable) this.assignHome(at, variable);
        else {
          code.get(variable);
          this.keep(statement, at);
        }
        return;
      }
      case "store": {
        const { place, value, storage } = statement;
        if (place.at !== undefined) this.push(place.at);
        const offset = pointer(code, place);
        this.push(value);
        store(code, value.type, storage, offset);
        break;
      }
      case "assign":
        this.push(statement.value);
        code.set(this.variable(statement.variable));
        break;
      case "perform":
        for (const arg of statement.args) this.push(arg);
        code.with(Code.call, this.indexOf(statement.callee));
        break;
      case "copy":
        this.pushAddress(statement.to);
        this.pushAddress(statement.from);
        this.push(statement.bytes);
        code.with(Code.memoryCopy, 0);
        code.byte(0);
        break;
      case "clear":
        this.pushAddress(statement.to);
        code.i32Const(0);
        this.push(statement.bytes);
        code.with(Code.memoryFill, 0);
        break;
      case "branch":
        this.push(statement.condition);
        this.expire(at);
        code.with(Code.if, empty);
        this.block(statement.yes);
        if (statement.no.statements.length > 0) {
          code.op(Code.else);
          this.block(statement.no);
        }
        code.op(Code.end);
        this.expire(this.at++);
        return;
      case "while":
        this.while(statement);
        return;
      default:
        this.loop(statement, at);
        return;
    }
    this.expire(at);
  }

  private pushAddress(place: Place): void {
    if (place.at !== undefined) this.push(place.at);
    address(this.code, place);
  }

  private while({ test, condition, body }: While): void {
    const { code } = this;
    code.with(Code.block, empty);
    code.with(Code.loop, empty);
    this.block(test);
    this.push(condition);
    this.expire(this.at++);
    code.op(Code.i32Eqz);
    code.with(Code.brIf, 1);
    this.block(body);
    code.with(Code.br, 0);
    code.op(Code.end);
    code.op(Code.end);
    this.expire(this.at++);
  }

  private loop({ from, to, step, body }: Loop, at: number): void {
    const { code } = this;
    const counter = this.locals.take("i32");
    const again = (): void => {
      this.push(to);
      code.op(Code.i32LtS);
    };
    this.assignHome(at, counter);
    this.push(from);
    this.expire(at);
    code.set(counter);
    const sure = from.kind === "constant" && to.kind === "constant" && from.value < to.value;
    if (!sure) {
      code.get(counter);
      again();
      code.with(Code.if, empty);
    }
    code.with(Code.loop, empty);
    this.block(body);
    code.get(counter);
    code.i32Const(step);
    code.op(Code.i32Add);
    code.set(counter);
    code.get(counter);
    again();
    code.with(Code.brIf, 0);
    code.op(Code.end);
    if (!sure) code.op(Code.end);
    this.expire(this.at++);
    this.locals.give(counter);
  }
}
