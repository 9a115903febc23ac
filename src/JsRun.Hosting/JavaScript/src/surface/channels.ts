// Closes the channels of the language by which two programs in one hardened context could leave something to each other although everything is frozen.
import { fillRandom } from '../web/crypto/random.ts';
import { replaceMethod } from './replace.ts';

const { deleteProperty, ownKeys } = Reflect;
const kept = new Set(['length', 'name', 'prototype', 'escape']);
const NUMBERS = 2 ** 53;

export function closeChannels(): void {
  // The statics of RegExp show the last match of whoever ran before, also of the web APIs; `compile` changes a frozen expression.
  for (const key of ownKeys(RegExp)) if (typeof key === 'string' && !kept.has(key)) deleteProperty(RegExp, key);
  deleteProperty(RegExp.prototype, 'compile');
  replaceMethod(Math, 'random', { random }.random);
}

const bytes = new Uint8Array(7);

/** From cryptographic bytes: otherwise all instances would draw from one sequence, which can be computed. */
function random(): number {
  fillRandom(bytes, 7);
  // 53 bits.
  let value = bytes[6]! & 31;
  for (let i = 5; i >= 0; i--) value = value * 256 + bytes[i]!;
  return value / NUMBERS;
}
