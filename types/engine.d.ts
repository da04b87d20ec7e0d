/** What every engine has and the ES libraries do not declare: the library may use nothing else. */
interface ImportMeta {
  readonly url: string;
}

/** V8's and JavaScriptCore's; other engines ignore it. */
interface ErrorConstructor {
  stackTraceLimit: number | undefined;
}

/** What the compiler asks of WebAssembly, in Node and in browsers alike. */
declare namespace WebAssembly {
  function validate(bytes: Uint8Array): boolean;
  class Module {
    constructor(bytes: Uint8Array);
  }
  class Instance {
    constructor(module: Module, imports?: Record<string, Record<string, unknown>>);
    readonly exports: Record<string, unknown>;
  }
  class Memory {
    constructor(limits: { readonly initial: number; readonly maximum?: number });
    readonly buffer: ArrayBuffer;
    grow(pages: number): number;
  }
  class RuntimeError extends Error {}
}
