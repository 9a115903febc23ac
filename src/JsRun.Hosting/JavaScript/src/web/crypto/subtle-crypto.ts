// Web Crypto: SubtleCrypto. What its methods do is lazy (lazy.mjs).
import { defineInterface, illegalConstructor, requireArguments } from '../webidl/interface.ts';
import * as operations from './operations.ts';

let creating = true;

export class SubtleCrypto {
  #brand = true;

  constructor() {
    if (!creating) illegalConstructor();
  }

  async encrypt(algorithm: unknown, key: unknown, data: unknown): Promise<ArrayBuffer> {
    void this.#brand;
    requireArguments(arguments.length, 3, 'SubtleCrypto.encrypt');
    return operations.encrypt(algorithm, key, data);
  }

  async decrypt(algorithm: unknown, key: unknown, data: unknown): Promise<ArrayBuffer> {
    void this.#brand;
    requireArguments(arguments.length, 3, 'SubtleCrypto.decrypt');
    return operations.decrypt(algorithm, key, data);
  }

  async sign(algorithm: unknown, key: unknown, data: unknown): Promise<ArrayBuffer> {
    void this.#brand;
    requireArguments(arguments.length, 3, 'SubtleCrypto.sign');
    return operations.sign(algorithm, key, data);
  }

  async verify(algorithm: unknown, key: unknown, signature: unknown, data: unknown): Promise<boolean> {
    void this.#brand;
    requireArguments(arguments.length, 4, 'SubtleCrypto.verify');
    return operations.verify(algorithm, key, signature, data);
  }

  async digest(algorithm: unknown, data: unknown): Promise<ArrayBuffer> {
    void this.#brand;
    requireArguments(arguments.length, 2, 'SubtleCrypto.digest');
    return operations.digest(algorithm, data);
  }

  async generateKey(algorithm: unknown, extractable: unknown, keyUsages: unknown): Promise<object> {
    void this.#brand;
    requireArguments(arguments.length, 3, 'SubtleCrypto.generateKey');
    return operations.generateKey(algorithm, extractable, keyUsages);
  }

  async deriveKey(algorithm: unknown, baseKey: unknown, derivedKeyType: unknown, extractable: unknown, keyUsages: unknown): Promise<object> {
    void this.#brand;
    requireArguments(arguments.length, 5, 'SubtleCrypto.deriveKey');
    return operations.deriveKey(algorithm, baseKey, derivedKeyType, extractable, keyUsages);
  }

  async deriveBits(algorithm: unknown, baseKey: unknown, length: unknown = null): Promise<ArrayBuffer> {
    void this.#brand;
    requireArguments(arguments.length, 2, 'SubtleCrypto.deriveBits');
    return operations.deriveBits(algorithm, baseKey, length);
  }

  async importKey(format: unknown, keyData: unknown, algorithm: unknown, extractable: unknown, keyUsages: unknown): Promise<object> {
    void this.#brand;
    requireArguments(arguments.length, 5, 'SubtleCrypto.importKey');
    return operations.importKey(format, keyData, algorithm, extractable, keyUsages);
  }

  async exportKey(format: unknown, key: unknown): Promise<object> {
    void this.#brand;
    requireArguments(arguments.length, 2, 'SubtleCrypto.exportKey');
    return operations.exportKey(format, key);
  }

  async wrapKey(format: unknown, key: unknown, wrappingKey: unknown, wrapAlgorithm: unknown): Promise<ArrayBuffer> {
    void this.#brand;
    requireArguments(arguments.length, 4, 'SubtleCrypto.wrapKey');
    return operations.wrapKey(format, key, wrappingKey, wrapAlgorithm);
  }

  async unwrapKey(
    format: unknown, wrappedKey: unknown, unwrappingKey: unknown, unwrapAlgorithm: unknown, unwrappedKeyAlgorithm: unknown, extractable: unknown, keyUsages: unknown,
  ): Promise<object> {
    void this.#brand;
    requireArguments(arguments.length, 7, 'SubtleCrypto.unwrapKey');
    return operations.unwrapKey(format, wrappedKey, unwrappingKey, unwrapAlgorithm, unwrappedKeyAlgorithm, extractable, keyUsages);
  }
}
defineInterface(SubtleCrypto, 'SubtleCrypto');

export const subtle = new SubtleCrypto();
creating = false;
