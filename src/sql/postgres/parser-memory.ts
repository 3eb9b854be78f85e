/**
 * The parser cannot be started anew without waiting: its loader is asynchronous, and an instance of its own would not be
 * known to the loader's table of functions. All that changes in it is its memory and its stack pointer, so both are put
 * back to what they were. Without that each overflow loses the stack that it stood on, and the 28th breaks the parser.
 */

const exportSection = 7;
const headerBytes = 8;
const globalKind = 3;
const stackPointerName = 'stackPointer';
const pageBytes = 65_536;

/** The module with its stack pointer, which the linker makes the first global, among its exports. */
export function withStackPointer(module: Uint8Array): Uint8Array {
  const parts: Uint8Array[] = [module.subarray(0, headerBytes)];
  let position = headerBytes;
  while (position < module.length) {
    const id = module[position] ?? 0;
    const size = readUnsigned(module, position + 1);
    const body = module.subarray(size.end, size.end + size.value);
    parts.push(id === exportSection ? section(id, withExport(body)) : section(id, body));
    position = size.end + size.value;
  }
  return Buffer.concat(parts);
}

function withExport(body: Uint8Array): Uint8Array {
  const count = readUnsigned(body, 0);
  const name = Buffer.from(stackPointerName);
  const entry = [name.length, ...name, globalKind, 0];
  return Buffer.concat([Uint8Array.from(leb(count.value + 1)), body.subarray(count.end), Uint8Array.from(entry)]);
}

function section(id: number, body: Uint8Array): Uint8Array {
  return Buffer.concat([Uint8Array.from([id, ...leb(body.length)]), body]);
}

function readUnsigned(bytes: Uint8Array, start: number): { readonly value: number; readonly end: number } {
  let value = 0;
  let position = start;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[position++] ?? 0;
    value += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) return { value, end: position };
  }
}

function leb(number: number): number[] {
  const bytes: number[] = [];
  let rest = number;
  while (rest >= 0x80) {
    bytes.push((rest & 0x7f) | 0x80);
    rest >>>= 7;
  }
  return [...bytes, rest];
}

interface Memory {
  /** All of it; another array after it has grown. */
  readonly HEAPU8: Uint8Array;
  readonly _malloc: (bytes: number) => number;
  readonly _free: (pointer: number) => void;
}

/** Keeps what an instance that has just started has in its memory. The answer puts it back. */
export function freshMemory(module: Memory, exports: WebAssembly.Exports): () => void {
  const stackPointer = exports[stackPointerName] as { value: number };
  const top = stackPointer.value;
  // What was allocated at the start ends before what is allocated now; the rest is zeros.
  const probe = module._malloc(1);
  module._free(probe);
  const kept = pagesWithContent(module.HEAPU8, probe + pageBytes);
  return () => {
    stackPointer.value = top;
    module.HEAPU8.fill(0, 0, top);
    for (const { at, bytes } of kept) module.HEAPU8.set(bytes, at);
  };
}

function pagesWithContent(memory: Uint8Array, end: number): readonly { at: number; bytes: Uint8Array }[] {
  const empty = Buffer.alloc(pageBytes);
  const pages: { at: number; bytes: Uint8Array }[] = [];
  for (let at = 0; at < end; at += pageBytes) {
    const page = memory.subarray(at, at + pageBytes);
    if (empty.compare(page) !== 0) pages.push({ at, bytes: page.slice() });
  }
  return pages;
}
