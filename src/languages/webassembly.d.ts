/** The part of the WebAssembly API that the Prism adapter uses: Node has it, `lib.es2023` does not declare it. */
declare namespace WebAssembly {
  type Exports = Record<string, unknown>;
  type Imports = Record<string, Record<string, (...values: unknown[]) => number>>;

  class Module {
    constructor(bytes: Uint8Array);
    static imports(module: Module): { module: string; name: string }[];
  }

  class Instance {
    constructor(module: Module, imports: Imports);
    readonly exports: Exports;
  }
}
