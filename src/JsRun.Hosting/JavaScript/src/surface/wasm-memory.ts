// Reads just enough of a WebAssembly module to cap its memories: the import and memory sections. Memories without a maximum get one.
const PAGE = 65536;
const IMPORT = 2;
const MEMORY = 5;
const HAS_MAXIMUM = 1;
const SHARED = 2;
const IS_64 = 4;

class Reader {
  readonly #bytes: Uint8Array;
  at: number;

  constructor(bytes: Uint8Array, at: number) {
    this.#bytes = bytes;
    this.at = at;
  }

  byte(): number {
    if (this.at >= this.#bytes.length) throw new WebAssembly.CompileError('WebAssembly: the module ends in the middle');
    return this.#bytes[this.at++]!;
  }

  /** LEB128, unsigned; large ones lose precision, not size. */
  number(): number {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = this.byte();
      value += (byte & 127) * factor;
      if (byte < 128) return value;
    }
  }

  skip(count: number): void { this.at += count; }
}

interface Limits { flags: number; minimum: number; maximum: number }

function limits(reader: Reader): Limits {
  const flags = reader.byte();
  return { flags, minimum: reader.number(), maximum: flags & HAS_MAXIMUM ? reader.number() : Infinity };
}

function check({ flags, minimum }: Limits, most: number): void {
  if (flags & SHARED) throw new WebAssembly.CompileError('WebAssembly: shared memories are not allowed here');
  if (flags > (HAS_MAXIMUM | IS_64)) throw new WebAssembly.CompileError('WebAssembly: a memory has limits of an unknown kind');
  if (minimum > most) throw new RangeError(`WebAssembly: the module asks for ${minimum} pages of memory, and ${most} are allowed (${most * PAGE} bytes)`);
}

/** The same module whose memories can grow to at most `maxBytes` each. What is no module is for V8 to refuse. */
export function capMemories(bytes: Uint8Array<ArrayBuffer>, maxBytes: number): Uint8Array<ArrayBuffer> {
  const most = Math.floor(maxBytes / PAGE);
  if (bytes.length < 8 || bytes[0] !== 0 || bytes[1] !== 0x61) return bytes;
  const reader = new Reader(bytes, 8);
  while (reader.at < bytes.length) {
    const start = reader.at;
    const id = reader.byte();
    const size = reader.number();
    const content = reader.at;
    if (id === IMPORT) checkImports(reader, most);
    if (id === MEMORY) return replace(bytes, start, content + size, memorySection(reader, most));
    reader.at = content + size;
  }
  return bytes;
}

function memorySection(reader: Reader, most: number): number[] {
  const count = reader.number();
  const content = leb(count);
  for (let i = 0; i < count; i++) {
    const memory = limits(reader);
    check(memory, most);
    content.push(memory.flags | HAS_MAXIMUM, ...leb(memory.minimum), ...leb(Math.min(memory.maximum, most)));
  }
  return [MEMORY, ...leb(content.length), ...content];
}

function checkImports(reader: Reader, most: number): void {
  const count = reader.number();
  for (let i = 0; i < count; i++) {
    reader.skip(reader.number());
    reader.skip(reader.number());
    const kind = reader.byte();
    if (kind === 0) {
      reader.number();
    } else if (kind === 1) {
      valueType(reader);
      limits(reader);
    } else if (kind === 2) {
      check(limits(reader), most);
    } else if (kind === 3) {
      valueType(reader);
      reader.byte();
    } else if (kind === 4) {
      reader.byte();
      reader.number();
    } else {
      throw new WebAssembly.CompileError(`WebAssembly: an import is of an unknown kind (${kind})`);
    }
  }
}

/** One byte, but for references to a type, which follows as a heap type. */
function valueType(reader: Reader): void {
  const type = reader.byte();
  if (type === 0x63 || type === 0x64) reader.number();
}

function leb(value: number): number[] {
  const bytes: number[] = [];
  do {
    const rest = Math.floor(value / 128);
    bytes.push(value % 128 | (rest > 0 ? 128 : 0));
    value = rest;
  } while (value > 0);
  return bytes;
}

function replace(bytes: Uint8Array<ArrayBuffer>, from: number, to: number, by: number[]): Uint8Array<ArrayBuffer> {
  const result = new Uint8Array(bytes.length - (to - from) + by.length);
  result.set(bytes.subarray(0, from));
  result.set(by, from);
  result.set(bytes.subarray(to), from + by.length);
  return result;
}
