// Turns the memories of a WebAssembly module into imports. It reads only the import and memory sections.
import { bufferOf, byteLengthOf, charCodeAt, floor, NativeUint8Array, setBytes } from '../kernel/intrinsics.ts';
import { append, list } from '../linker/intrinsics.ts';

const CUSTOM = 0;
const IMPORT = 2;
const MEMORY_IMPORT = 2;
const NAME = 'm';
const MEMORY = 5;
const HAS_MAXIMUM = 1;
const SHARED = 2;
const IS_64 = 4;
/** In which order sections are, by their ids: 0 for those that may be anywhere, or are unknown. Tags (13) come after memories, the count of data segments (12) before the code. */
const ranks = [0, 1, 2, 3, 4, 5, 7, 8, 9, 10, 12, 13, 11, 6];

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

/** The limits of a memory, in pages; Infinity without a maximum. */
export interface Limits { flags: number; minimum: number; maximum: number }

/** A module as V8 receives it. */
export interface Outsourced { bytes: Uint8Array<ArrayBuffer>; memories: Limits[]; /** What the imports of its memories are from: longer than the name of any other. */ from: string }

function limits(reader: Reader): Limits {
  const flags = reader.byte();
  if (flags > (HAS_MAXIMUM | SHARED | IS_64)) throw new WebAssembly.CompileError('WebAssembly: something has limits of an unknown kind');
  const minimum = reader.number();
  return { flags, minimum, maximum: flags & HAS_MAXIMUM ? reader.number() : Infinity };
}

export const isShared = (memory: Limits): boolean => (memory.flags & SHARED) !== 0;
export const isWide = (memory: Limits): boolean => (memory.flags & IS_64) !== 0;

/**
 * The same module with its own memories as imports, after its other imports, so that memories.ts makes and counts every memory. V8 refuses bytes that are not a module.
 * @param check called with the limits of every memory, imported ones too
 */
export function outsourceMemories(bytes: Uint8Array<ArrayBuffer>, check: (memory: Limits) => void): Outsourced {
  const same = { bytes, memories: list<Limits>(), from: '' };
  const length = byteLengthOf(bytes);
  if (length < 8 || bytes[0] !== 0 || bytes[1] !== 0x61) return same;
  const reader = new Reader(bytes, 8);
  let imports = { start: 0, content: 0, end: 0, count: 0, longest: 0 };
  let memory: { start: number; end: number } | undefined;
  let before = 0;
  while (reader.at < length) {
    const start = reader.at;
    const id = reader.byte();
    const size = reader.number();
    const content = reader.at;
    const end = content + size;
    if (end > length) return same;
    if (id !== CUSTOM) {
      // V8 must see sections that are not in order as they are, to refuse them.
      const rank = id < ranks.length ? ranks[id]! : 0;
      if (rank <= before) return same;
      before = rank;
      if (rank > IMPORT && imports.start === 0) imports.start = imports.end = start;
    }
    if (id === IMPORT) {
      imports = readImports(reader, start, check);
      if (reader.at !== end) return same;
      imports.end = end;
    }
    if (id === MEMORY) {
      const count = reader.number();
      for (let i = 0; i < count; i++) {
        const own = limits(reader);
        check(own);
        append(same.memories, own);
      }
      if (reader.at !== end) return same;
      memory = { start, end };
    }
    reader.at = end;
  }
  if (memory === undefined || same.memories.length === 0) return same;
  let from = '';
  for (let i = 0; i <= imports.longest; i++) from += NAME;
  const section = importSection(bytes, imports, same.memories, from);
  return { bytes: join(bytes, imports.start, section, imports.end, memory), memories: same.memories, from };
}

interface Imports { start: number; content: number; end: number; count: number; longest: number }

function importSection(bytes: Uint8Array, { content, end, count }: Imports, memories: Limits[], from: string): number[] {
  const body = list<number>();
  leb(body, count + memories.length);
  if (content > 0) for (let i = content; i < end; i++) append(body, bytes[i]!);
  for (let i = 0; i < memories.length; i++) {
    const { flags, minimum, maximum } = memories[i]!;
    name(body, from);
    name(body, `${i}`);
    append(body, MEMORY_IMPORT);
    append(body, flags);
    leb(body, minimum);
    if (flags & HAS_MAXIMUM) leb(body, maximum);
  }
  const section = list<number>();
  append(section, IMPORT);
  leb(section, body.length);
  for (let i = 0; i < body.length; i++) append(section, body[i]!);
  return section;
}

function name(bytes: number[], text: string): void {
  leb(bytes, text.length);
  for (let i = 0; i < text.length; i++) append(bytes, charCodeAt(text, i));
}

/** @returns where its entries are, how many, and how long the longest name of a module is */
function readImports(reader: Reader, start: number, check: (memory: Limits) => void): Imports {
  const count = reader.number();
  const content = reader.at;
  let longest = 0;
  for (let i = 0; i < count; i++) {
    const module = reader.number();
    if (module > longest) longest = module;
    reader.skip(module);
    reader.skip(reader.number());
    const kind = reader.byte();
    if (kind === 0) {
      reader.number();
    } else if (kind === 1) {
      valueType(reader);
      limits(reader);
    } else if (kind === MEMORY_IMPORT) {
      check(limits(reader));
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
  return { start, content, end: 0, count, longest };
}

/** A value type is one byte, except a reference to a heap type, which follows. */
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

/** The module with `section` in the place of its imports, and without its memories. */
function join(bytes: Uint8Array<ArrayBuffer>, start: number, section: number[], end: number, memory: { start: number; end: number }): Uint8Array<ArrayBuffer> {
  const length = byteLengthOf(bytes);
  const result = new NativeUint8Array(length - (end - start) + section.length - (memory.end - memory.start));
  // Without methods that read a constructor, which user code can have replaced: it must not get bytes that have been checked.
  const copy = (from: number, to: number, at: number) => { setBytes(result, new NativeUint8Array(bufferOf(bytes) as ArrayBuffer, from, to - from), at); };
  copy(0, start, 0);
  for (let i = 0; i < section.length; i++) result[start + i] = section[i]!;
  copy(end, memory.start, start + section.length);
  copy(memory.end, length, start + section.length + memory.start - end);
  return result;
}
