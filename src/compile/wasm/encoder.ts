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

/** A module whose memory is imported as ("env", "memory"). */
export function encodeModule({ imports, functions, exports }: ModuleParts): Uint8Array {
  const out = new ByteWriter();
  out.bytes([0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00]);
  const types = new Map<string, number>();
  // by number: 0 custom, 1 types, 2 imports, 3 functions, 7 exports, 10 code
  const section = (id: number, write: (content: ByteWriter) => void): void => {
    const content = new ByteWriter();
    write(content);
    out.byte(id);
    out.u32(content.length);
    out.append(content);
  };
  const writeType = (to: ByteWriter, { params, results }: Signature): void => {
    to.u32(types.get(`${params}:${results}`) as number);
  };
  const signatures = functions.map(({ signature }) => signature);
  section(1, (content) => {
    const all = new ByteWriter();
    for (const { params, results } of [...imports, ...signatures]) {
      const key = `${params}:${results}`;
      if (types.has(key)) continue;
      types.set(key, types.size);
      all.byte(0x60);
      all.list(params, (type) => all.byte(type));
      all.list(results, (type) => all.byte(type));
    }
    content.u32(types.size);
    content.append(all);
  });
  section(2, (content) => {
    content.u32(imports.length + 1);
    content.name("env");
    content.name("memory");
    content.bytes([0x02, 0x00, 0x00]); // a memory of at least 0 pages
    imports.forEach((signature, i) => {
      content.name("host");
      content.name(String(i));
      content.byte(0x00);
      writeType(content, signature);
    });
  });
  section(3, (content) => content.list(signatures, (signature) => writeType(content, signature)));
  section(7, (content) =>
    content.list(exports, ({ name, index }) => {
      content.name(name);
      content.byte(0x00);
      content.u32(index);
    }),
  );
  section(10, (content) =>
    content.list(functions, ({ locals, code }) => {
      const declarations = encodeLocals(locals);
      content.u32(declarations.length + code.length);
      content.append(declarations);
      content.append(code);
    }),
  );
  section(0, (content) => {
    const names = new ByteWriter();
    names.list(functions, ({ name }, i) => {
      names.u32(imports.length + i);
      names.name(name);
    });
    content.name("name");
    content.byte(0x01); // of functions
    content.u32(names.length);
    content.append(names);
  });
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
  out.list(runs, ([count, type]) => {
    out.u32(count);
    out.byte(type);
  });
  return out;
}
