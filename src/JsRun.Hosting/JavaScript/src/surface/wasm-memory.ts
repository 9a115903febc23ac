// Reads just enough of a WebAssembly module to cap its memories: the import and memory sections. Memories without a maximum get one.
import { byteLengthOf, floor, NativeRangeError, NativeUint8Array } from '../kernel/intrinsics.ts';
import { append, list } from '../linker/intrinsics.ts';

const PAGE = 65536;
const IMPORT = 2;
const MEMORY = 5;
const HAS_MAXIMUM = 1;
const SHARED = 2;
const IS_64 = 4;

class Reader {
  readonly #bytes: Uint8Array;
  readonly #length: number;
  at: number;

  constructor(bytes: Uint8Array, at: number) {
    this.#bytes = bytes;
    this.#length = byteLengthOf(bytes);
    this.at = at;
  }

  byte(): number {
    if (this.at >= this.#length) throw new WebAssembly.CompileError('WebAssembly: the module ends in the middle');
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
  if (minimum > most) throw new NativeRangeError(`WebAssembly: the module asks for ${minimum} pages of memory, and ${most} are allowed (${most * PAGE} bytes)`);
}

/** The same module whose memories can grow to at most `maxBytes` each. What is no module is for V8 to refuse. */
export function capMemories(bytes: Uint8Array<ArrayBuffer>, maxBytes: number): Uint8Array<ArrayBuffer> {
  const most = floor(maxBytes / PAGE);
  const length = byteLengthOf(bytes);
  if (length < 8 || bytes[0] !== 0 || bytes[1] !== 0x61) return bytes;
  const reader = new Reader(bytes, 8);
  while (reader.at < length) {
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
  const content = list<number>();
  leb(content, count);
  for (let i = 0; i < count; i++) {
    const memory = limits(reader);
    check(memory, most);
    append(content, memory.flags | HAS_MAXIMUM);
    leb(content, memory.minimum);
    leb(content, memory.maximum < most ? memory.maximum : most);
  }
  const section = list<number>();
  append(section, MEMORY);
  leb(section, content.length);
  for (let i = 0; i < content.length; i++) append(section, content[i]!);
  return section;
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

function leb(bytes: number[], value: number): void {
  do {
    const rest = floor(value / 128);
    append(bytes, value % 128 | (rest > 0 ? 128 : 0));
    value = rest;
  } while (value > 0);
}

function replace(bytes: Uint8Array<ArrayBuffer>, from: number, to: number, by: number[]): Uint8Array<ArrayBuffer> {
  const length = byteLengthOf(bytes);
  const result = new NativeUint8Array(length - (to - from) + by.length);
  // Without methods: user code can have replaced them, and must not get hold of what has been checked.
  for (let i = 0; i < from; i++) result[i] = bytes[i]!;
  for (let i = 0; i < by.length; i++) result[from + i] = by[i]!;
  for (let i = to; i < length; i++) result[from + by.length + i - to] = bytes[i]!;
  return result;
}
