// Typed arrays, views and buffers. Their bytes are copied after the whole value has been read, so that bytes that user code stages meanwhile cannot get between them.
import { bufferOf, byteLengthOf, byteOffsetOf, getOwnPropertyDescriptor, NativeUint8Array, typedArrayName, uncurry } from '../kernel/intrinsics.ts';
import { host } from '../kernel/host.ts';
import { whenLive } from '../kernel/when-live.ts';
import { HostOp } from '../kernel/ops.ts';
import { openTransfer, receiveAt, stage, TRANSFER_SIZE } from '../kernel/transfer.ts';
import { ConversionError } from './conversion-error.ts';
import { ByteKind } from './wire.ts';

export interface Chunk { kind: ByteKind; buffer: ArrayBuffer; offset: number; size: number }

const viewGetter = (key: string) => uncurry(getOwnPropertyDescriptor(DataView.prototype, key)!.get!);
const viewBuffer = viewGetter('buffer');
const viewLength = viewGetter('byteLength');
const viewOffset = viewGetter('byteOffset');

const NativeArrayBuffer = ArrayBuffer;
type Construct = new (buffer: ArrayBuffer) => object;

/** By ByteKind. Float16Array is added when the context is live; the last two kinds are not typed arrays. */
const types: (Construct | undefined)[] = [
  Uint8Array, Int8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array, Float32Array, Float64Array, BigInt64Array, BigUint64Array, undefined, undefined, undefined,
];
const kinds = { __proto__: null } as unknown as Record<string, ByteKind>;
for (let i = 0; i < types.length; i++) if (types[i] !== undefined) kinds[types[i]!.name] = i;
whenLive(() => {
  types[ByteKind.Float16] = getOwnPropertyDescriptor(globalThis, 'Float16Array')?.value as Construct | undefined;
  kinds.Float16Array = ByteKind.Float16;
});

whenLive(() => {
  const { value: type } = (getOwnPropertyDescriptor(globalThis, 'Float16Array') ?? {}) as { value?: Construct };
  types[ByteKind.Float16] = type;
  kinds.Float16Array = ByteKind.Float16;
});

export function bytesOfView(view: ArrayBufferView): Chunk {
  const name = typedArrayName(view);
  return name === undefined
    ? { kind: ByteKind.View, buffer: viewBuffer(view) as ArrayBuffer, offset: viewOffset(view) as number, size: viewLength(view) as number }
    : { kind: kinds[name]!, buffer: bufferOf(view) as ArrayBuffer, offset: byteOffsetOf(view), size: byteLengthOf(view) };
}

export function bytesOfBuffer(buffer: object, size: number): Chunk {
  return { kind: ByteKind.Buffer, buffer: buffer as ArrayBuffer, offset: 0, size };
}

export function stageChunks(chunks: readonly Chunk[]): void {
  for (let i = 0; i < chunks.length; i++) {
    const { buffer, offset, size } = chunks[i]!;
    if (size === 0) continue;
    let bytes: Uint8Array;
    try {
      bytes = new NativeUint8Array(buffer, offset, size);
    } catch (thrown) {
      throw new ConversionError('A buffer was detached or resized while the value was read', { thrown });
    }
    stage(bytes);
  }
}

/** The next bytes of the value that the host sends, as the typed array, view or buffer that they are. */
export function receiveBytes(kind: ByteKind, size: number): object {
  const buffer = new NativeArrayBuffer(size);
  const bytes = new NativeUint8Array(buffer);
  if (size > 0) openTransfer();
  for (let from = 0; from < size;) {
    const part = size - from < TRANSFER_SIZE ? size - from : TRANSFER_SIZE;
    host(HostOp.ValueBytes, part);
    receiveAt(bytes, from, part);
    from += part;
  }
  const type = types[kind];
  return type === undefined ? buffer : kind === ByteKind.Uint8 ? bytes : new type(buffer);
}
