/**
 * The parser's WebAssembly keeps its stack in the 64 KB below its heap. What is nested some hundred levels deep grows
 * past them into the parser's own tables, and then it may loop for ever instead of failing. Given a stack of its own
 * that is larger than what the JavaScript engine lets it recurse, it fails with a `RangeError`, which can be caught.
 */

/** 16 MB: the engine's own stack, about 1 MB, ends long before. Untouched pages cost nothing. */
const stackPages = 256;

const pageBytes = 65_536;

/** Sections of the binary format (WebAssembly specification, 5.5.2). */
const memorySection = 5;
const globalSection = 6;
const headerBytes = 8;

/**
 * The module with memory for a stack behind its first pages, where its allocator never looks: that one uses the pages
 * there were when it was linked and then grows the memory. Unchanged where the module is built in another way.
 */
export function withDeepStack(module: Uint8Array): Uint8Array {
  const parts: Uint8Array[] = [module.subarray(0, headerBytes)];
  let top = 0;
  let moved = false;
  for (const { id, body } of sectionsOf(module)) {
    if (id === memorySection) {
      const pages = readUnsigned(body, 2);
      if (body[0] !== 1 || body[1] !== 0) return module;
      top = (pages.value + stackPages) * pageBytes;
      parts.push(section(id, [1, 0, ...leb(pages.value + stackPages)]));
    } else if (id === globalSection && top > 0) {
      const replaced = withStackPointer(body, top);
      if (!replaced) return module;
      parts.push(section(id, replaced));
      moved = true;
    } else parts.push(section(id, body));
  }
  return moved ? Buffer.concat(parts) : module;
}

/** The linker makes the stack pointer the first global: a mutable `i32` that begins with a constant. */
function withStackPointer(body: Uint8Array, top: number): readonly number[] | null {
  const count = readUnsigned(body, 0);
  const [type, mutable, constant] = body.subarray(count.end, count.end + 3);
  if (type !== 0x7f || mutable !== 1 || constant !== 0x41) return null;
  let end = count.end + 3;
  while ((body[end] ?? 0) & 0x80) end++;
  return [...body.subarray(0, count.end + 3), ...leb(top), ...body.subarray(end + 1)];
}

function* sectionsOf(module: Uint8Array): Generator<{ readonly id: number; readonly body: Uint8Array }> {
  let position = headerBytes;
  while (position < module.length) {
    const id = module[position] ?? 0;
    const size = readUnsigned(module, position + 1);
    yield { id, body: module.subarray(size.end, size.end + size.value) };
    position = size.end + size.value;
  }
}

function section(id: number, body: ArrayLike<number>): Uint8Array {
  return Buffer.concat([Uint8Array.of(id, ...leb(body.length)), Uint8Array.from(body)]);
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

/** LEB128. A clear sixth bit in the last byte makes it the same number signed and unsigned. */
function leb(number: number): number[] {
  const bytes: number[] = [];
  let rest = number;
  while (rest >= 0x40) {
    bytes.push((rest & 0x7f) | 0x80);
    rest >>>= 7;
  }
  return [...bytes, rest];
}
