import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

import { freshMemory, withStackPointer } from './parser-memory.ts';

/** The part of the package's Emscripten module that is used. Pointers are addresses in its memory. */
interface Module {
  readonly HEAPU8: Uint8Array;
  readonly _malloc: (bytes: number) => number;
  readonly _free: (pointer: number) => void;
  readonly _wasm_parse_query_raw: (text: number) => number;
  readonly _wasm_free_parse_result: (result: number) => void;
  readonly _wasm_parse_plpgsql: (text: number) => number;
  readonly _wasm_free_string: (text: number) => void;
  readonly lengthBytesUTF8: (text: string) => number;
  readonly stringToUTF8: (text: string, pointer: number, bytes: number) => void;
  readonly UTF8ToString: (pointer: number) => string;
  readonly getValue: (pointer: number, type: 'i32') => number;
}

type Load = (options: {
  readonly instantiateWasm: (imports: WebAssembly.Imports, receive: (instance: WebAssembly.Instance) => void) => void;
}) => Promise<Module>;

/**
 * The parser, and what puts it back to how it started. It is loaded once, when a thread first imports this file: whoever
 * starts waits some 30 ms for it, and nobody who reads SQL ever does.
 */
export const { parser, renew } = await load();

async function load(): Promise<{ readonly parser: Module; readonly renew: () => void }> {
  const create = createRequire(import.meta.url)('libpg-query/wasm/libpg-query.js') as Load;
  const code = withStackPointer(
    readFileSync(createRequire(import.meta.url).resolve('libpg-query/wasm/libpg-query.wasm')),
  );
  let exports: WebAssembly.Exports = {};
  const module = await create({
    instantiateWasm: (imports, receive) => {
      const instance = new WebAssembly.Instance(new WebAssembly.Module(code), imports);
      exports = instance.exports;
      receive(instance);
    },
  });
  return { parser: module, renew: freshMemory(module, exports) };
}
