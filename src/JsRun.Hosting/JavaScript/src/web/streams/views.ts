// Views on buffers. Evaluated with the bundle, so that the intrinsics are the original ones: streams are evaluated after user code.
import {
  bufferOf, byteLengthOf, byteOffsetOf, getOwnPropertyDescriptor, isView, NativeArrayBuffer, NativeUint8Array, transferBuffer as transfer, typedArrayName, uncurry,
} from '../../kernel/intrinsics.ts';
import { whenLive } from '../../kernel/when-live.ts';

const getter = (prototype: object, key: string) => uncurry(getOwnPropertyDescriptor(prototype, key)!.get!);
const bufferLength = getter(ArrayBuffer.prototype, 'byteLength') as (buffer: unknown) => number;
const optional = (key: string): ((buffer: unknown) => boolean) => (getOwnPropertyDescriptor(ArrayBuffer.prototype, key) === undefined ? () => false : getter(ArrayBuffer.prototype, key));
const bufferDetached = optional('detached');
const bufferResizable = optional('resizable');
const dataBuffer = getter(DataView.prototype, 'buffer') as (view: unknown) => ArrayBuffer;
const dataLength = getter(DataView.prototype, 'byteLength') as (view: unknown) => number;
const dataOffset = getter(DataView.prototype, 'byteOffset') as (view: unknown) => number;
// Node.js 20, in which tests run, cannot transfer: a copy is the same but for the old buffer.
const transferOf = uncurry((transfer as unknown) === undefined ? ArrayBuffer.prototype.slice : transfer) as (buffer: ArrayBuffer) => ArrayBuffer;

type View = new (buffer: ArrayBuffer, offset: number, length: number) => ArrayBufferView;

/** A kind of view: its constructor, and the size of its elements. */
export interface ViewKind { readonly Type: View; readonly size: number }

const types = {
  __proto__: null, Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array, Float32Array, Float64Array, BigInt64Array, BigUint64Array, DataView,
} as unknown as Record<string, View & { readonly BYTES_PER_ELEMENT?: number }>;
whenLive(() => {
  const Float16 = getOwnPropertyDescriptor(globalThis, 'Float16Array')?.value as View | undefined;
  if (Float16 !== undefined) types.Float16Array = Float16;
});

/** The kind of a view; without one, that of a Uint8Array. */
export function viewKindOf(view: ArrayBufferView | undefined): ViewKind {
  const Type = types[view === undefined ? 'Uint8Array' : typedArrayName(view) ?? 'DataView']!;
  return { Type, size: Type === types.DataView ? 1 : Type.BYTES_PER_ELEMENT! };
}

const isTyped = (view: ArrayBufferView): boolean => typedArrayName(view) !== undefined;

/** Whether the value is a view on an ArrayBuffer of fixed length, and not on shared memory. */
export function isPlainView(value: unknown): value is ArrayBufferView {
  if (!isView(value)) return false;
  try {
    const buffer = isTyped(value) ? bufferOf(value) : dataBuffer(value);
    bufferLength(buffer);
    return !bufferResizable(buffer);
  } catch {
    return false;
  }
}

/** The buffer of a view, with its place there. A view on a detached buffer has no bytes. */
export function readView(view: ArrayBufferView): { buffer: ArrayBuffer; offset: number; length: number } {
  if (isTyped(view)) return { buffer: bufferOf(view) as ArrayBuffer, offset: byteOffsetOf(view), length: byteLengthOf(view) };
  const buffer = dataBuffer(view);
  return isDetached(buffer) ? { buffer, offset: 0, length: 0 } : { buffer, offset: dataOffset(view), length: dataLength(view) };
}

/** The length of a buffer in bytes; 0 if it is detached. */
export const sizeOf = (buffer: ArrayBuffer): number => bufferLength(buffer);
export const isDetached = (buffer: ArrayBuffer): boolean => bufferDetached(buffer);
export const transferBuffer = (buffer: ArrayBuffer): ArrayBuffer => transferOf(buffer);
export const allocate = (size: number): ArrayBuffer => new NativeArrayBuffer(size);
export const copyOfBytes = (view: ArrayBufferView): Uint8Array<ArrayBuffer> => {
  const { buffer, offset, length } = readView(view);
  return new NativeUint8Array(new NativeUint8Array(buffer, offset, length)) as Uint8Array<ArrayBuffer>;
};
