// Web Crypto: Crypto. Random values are the host's.
import { bufferOf, byteLengthOf, byteOffsetOf, NativeUint8Array, typedArrayName } from '../../kernel/intrinsics.ts';
import { DOMException } from '../webidl/dom-exception.ts';
import { defineInterface, illegalConstructor, requireArguments } from '../webidl/interface.ts';
import { QuotaExceededError } from '../webidl/quota-exceeded-error.ts';
import { fillRandom, randomUuid } from './random.ts';
import { type SubtleCrypto, subtle } from './subtle-crypto.ts';

const MOST = 65536;
const integers = /^(?:Big)?(?:Int|Uint)/;
let creating = true;

export class Crypto {
  #brand = true;

  constructor() {
    if (!creating) illegalConstructor();
  }

  getRandomValues<T extends ArrayBufferView>(array: T): T {
    void this.#brand;
    requireArguments(arguments.length, 1, 'Crypto.getRandomValues');
    if (!ArrayBuffer.isView(array)) throw new TypeError('Crypto.getRandomValues: the argument is not an ArrayBufferView');
    if (!integers.test(typedArrayName(array) ?? '')) throw new DOMException('Crypto.getRandomValues: the argument is not an array of integers', 'TypeMismatchError');
    const length = byteLengthOf(array);
    if (length > MOST) throw new QuotaExceededError(`Crypto.getRandomValues: ${length} bytes asked for, at most ${MOST} at a time`);
    if (length > 0) fillRandom(new NativeUint8Array(bufferOf(array) as ArrayBuffer, byteOffsetOf(array), length), length);
    return array;
  }

  get subtle(): SubtleCrypto {
    void this.#brand;
    return subtle;
  }

  randomUUID(): string {
    void this.#brand;
    return randomUuid();
  }
}
defineInterface(Crypto, 'Crypto');

export const crypto = new Crypto();
creating = false;
