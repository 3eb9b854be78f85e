import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

import type { ProgramNode } from '@ruby/prism/src/nodes.js';
import { parsePrism } from '@ruby/prism/src/parsePrism.js';

import type { Range } from './positions.ts';
import { withDeepStack } from './prism-module.ts';

/** What Prism makes of a text, with places in bytes. */
export interface Parsed {
  readonly value: ProgramNode;
  readonly comments: readonly { readonly location: Range }[];
  readonly errors: readonly { readonly message: string; readonly location: Range }[];
}

let compiled: WebAssembly.Module | undefined;
let exports: WebAssembly.Exports | undefined;

/**
 * Null where the text breaks the parser. An instance that threw stays broken, so the next call gets a fresh one.
 * @throws Error where there is no parser to be had, which is no fault of the text
 */
export function parseText(text: string): Parsed | null {
  exports ??= instantiate();
  try {
    return parsePrism(exports, text) as unknown as Parsed;
  } catch {
    exports = undefined;
    return null;
  }
}

/**
 * `loadPrism()` of the package needs `node:wasi`, which prints a warning on every start. The parser uses nothing of
 * WASI but a clock and random numbers, and answers of zero do for both.
 */
function instantiate(): WebAssembly.Exports {
  compiled ??= new WebAssembly.Module(
    withDeepStack(readFileSync(createRequire(import.meta.url).resolve('@ruby/prism/src/prism.wasm'))),
  );
  const imports: WebAssembly.Imports = {};
  for (const { module, name } of WebAssembly.Module.imports(compiled)) {
    const functions = imports[module] ?? {};
    functions[name] = () => 0;
    imports[module] = functions;
  }
  const instance = new WebAssembly.Instance(compiled, imports);
  const initialise = instance.exports._initialize;
  if (typeof initialise === 'function') initialise();
  return instance.exports;
}
