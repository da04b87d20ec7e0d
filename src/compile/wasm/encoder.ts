import { ByteWriter } from "./bytes.js";

/** The type of a function: value types as bytes (`ValueType`). */
export interface Signature {
  readonly params: readonly number[];
  readonly results: readonly number[];
}

/** One function of a module: `code` without the count of bytes before it. */
export interface FunctionBody {
  /** Shown by debuggers and profilers. */
  readonly name: string;
  readonly signature: Signature;
  /** The types of the locals behind the parameters. */
  readonly locals: readonly number[];
  /** Instructions with the last `end`. */
  readonly code: ByteWriter;
}

export interface ModuleParts {
  /** Functions imported as ("host", "0"), ("host", "1"), …: functions 0, 1, … of the module. */
  readonly imports: readonly Signature[];
  /** The functions behind the imported ones. */
  readonly functions: readonly FunctionBody[];
  /** Exported functions, by index among all. */
  readonly exports: readonly { readonly name: string; readonly index: number }[];
}

/** Bytes of value types. */
export const ValueType = { i32: 0x7f, i64: 0x7e, f32: 0x7d, f64: 0x7c, v128: 0x7b } as const;

const Section = { custom: 0, type: 1, import: 2, function: 3, export: 7, code: 10 } as const;

/** A module whose memory is imported as ("env", "memory"). */
export function encodeModule({ imports, functions, exports }: ModuleParts): Uint8Array {
  const out = new ByteWriter();
  out.bytes([0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00]);
  const types = new Map<string, number>();
  const typeSection = new ByteWriter();
  const typeOf = ({ params, results }: Signature): number => {
    const key = `${params}:${results}`;
    let index = types.get(key);
    if (index === undefined) {
      index = types.size;
      types.set(key, index);
      typeSection.byte(0x60);
      typeSection.u32(params.length);
      typeSection.bytes(params);
      typeSection.u32(results.length);
      typeSection.bytes(results);
    }
    return index;
  };
  const importSection = new ByteWriter();
  importSection.u32(imports.length + 1);
  importSection.name("env");
  importSection.name("memory");
  importSection.bytes([0x02, 0x00, 0x00]); // a memory of at least 0 pages
  for (const [i, signature] of imports.entries()) {
    importSection.name("host");
    importSection.name(String(i));
    importSection.byte(0x00);
    importSection.u32(typeOf(signature));
  }
  const functionSection = new ByteWriter();
  functionSection.u32(functions.length);
  for (const { signature } of functions) functionSection.u32(typeOf(signature));
  const exportSection = new ByteWriter();
  exportSection.u32(exports.length);
  for (const { name, index } of exports) {
    exportSection.name(name);
    exportSection.byte(0x00);
    exportSection.u32(index);
  }
  const codeSection = new ByteWriter();
  codeSection.u32(functions.length);
  for (const { locals, code } of functions) {
    const declarations = encodeLocals(locals);
    codeSection.u32(declarations.length + code.length);
    codeSection.append(declarations);
    codeSection.append(code);
  }
  const names = new ByteWriter();
  names.u32(functions.length);
  for (const [i, { name }] of functions.entries()) {
    names.u32(imports.length + i);
    names.name(name);
  }
  const nameSection = new ByteWriter();
  nameSection.name("name");
  nameSection.byte(0x01); // of functions
  nameSection.u32(names.length);
  nameSection.append(names);
  const allTypes = new ByteWriter();
  allTypes.u32(types.size);
  allTypes.append(typeSection);
  for (const [id, content] of [
    [Section.type, allTypes],
    [Section.import, importSection],
    [Section.function, functionSection],
    [Section.export, exportSection],
    [Section.code, codeSection],
    [Section.custom, nameSection],
  ] as const) {
    out.byte(id);
    out.u32(content.length);
    out.append(content);
  }
  return out.finish().slice();
}

/** Runs of locals of one type. */
function encodeLocals(locals: readonly number[]): ByteWriter {
  const runs: [count: number, type: number][] = [];
  for (const type of locals) {
    const last = runs[runs.length - 1];
    if (last?.[1] === type) last[0]++;
    else runs.push([1, type]);
  }
  const out = new ByteWriter();
  out.u32(runs.length);
  for (const [count, type] of runs) {
    out.u32(count);
    out.byte(type);
  }
  return out;
}
