// WebIDL: BufferSource. Evaluated with the bundle, so that the intrinsics are the original ones.
import { bufferOf, byteLengthOf, byteOffsetOf, getOwnPropertyDescriptor, isView, NativeTypeError, NativeUint8Array, typedArrayName, uncurry } from '../../kernel/intrinsics.ts';

export type BufferSource = ArrayBuffer | ArrayBufferView;

const getter = (prototype: object, key: string) => uncurry(getOwnPropertyDescriptor(prototype, key)!.get!);
const bufferLength = getter(ArrayBuffer.prototype, 'byteLength') as (buffer: unknown) => number;
const dataViewBuffer = getter(DataView.prototype, 'buffer') as (view: unknown) => ArrayBuffer;
const dataViewLength = getter(DataView.prototype, 'byteLength') as (view: unknown) => number;
const dataViewOffset = getter(DataView.prototype, 'byteOffset') as (view: unknown) => number;

const isTyped = (view: ArrayBufferView): boolean => typedArrayName(view) !== undefined;

function isArrayBuffer(value: unknown): value is ArrayBuffer {
  if (typeof value !== 'object' || value === null) return false;
  try {
    bufferLength(value);
    return true;
  } catch {
    return false;
  }
}

/** Whether it is an ArrayBuffer or a view on one; shared memory is neither. */
export function isBufferSource(value: unknown): value is BufferSource {
  return isView(value) ? isArrayBuffer(isTyped(value) ? bufferOf(value) : dataViewBuffer(value)) : isArrayBuffer(value);
}

export function bufferSource(value: unknown, what: string): BufferSource {
  if (!isBufferSource(value)) throw new NativeTypeError(`${what} is not an ArrayBuffer or a view on one`);
  return value;
}

/** Its bytes as they are now, not copied. A detached buffer has none. */
export function viewOf(source: BufferSource): Uint8Array<ArrayBuffer> {
  if (!isView(source)) return bufferLength(source) === 0 ? new NativeUint8Array(0) : new NativeUint8Array(source as ArrayBuffer);
  if (isTyped(source)) {
    const length = byteLengthOf(source);
    return length === 0 ? new NativeUint8Array(0) : new NativeUint8Array(bufferOf(source) as ArrayBuffer, byteOffsetOf(source), length);
  }
  try {
    return new NativeUint8Array(dataViewBuffer(source), dataViewOffset(source), dataViewLength(source));
  } catch {
    return new NativeUint8Array(0);
  }
}
