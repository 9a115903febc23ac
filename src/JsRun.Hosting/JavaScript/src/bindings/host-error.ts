// An exception of a host function, as scripts see it: an Error with a code. A private field holds the number of the host's exception, which no script can read or forge, so that an error that no
// script catches is the same exception in the host again.
import { defineProperty, NativeTypeError, parseJson } from '../kernel/intrinsics.ts';
import { findHostErrorsBy } from '../kernel/errors.ts';

/** What the host sends of an exception. In C#: Bindings/HostErrorText.cs. */
export interface HostErrorText { type: boolean; name: string; code: string; message: string; id: number }

/** Stamps a private field on an object that already exists. */
const Stamped = function (target: object) { return target; } as unknown as new (target: object) => object;

class Stamp extends Stamped {
  #id: number;

  constructor(target: object, id: number) {
    super(target);
    this.#id = id;
  }

  static idOf(value: object): number { return #id in value ? (value as Stamp).#id : 0; }
}

export class HostError extends Error {}

const hide = (target: object, key: string, value: unknown) => {
  defineProperty(target, key, { __proto__: null, value, writable: true, enumerable: false, configurable: true } as PropertyDescriptor);
};

hide(HostError.prototype, 'name', 'HostError');
// Bundling has changed it.
defineProperty(HostError, 'name', { __proto__: null, value: 'HostError', configurable: true } as PropertyDescriptor);

export function toHostError(json: string): Error {
  const { type, name, code, message, id } = parseJson(json) as HostErrorText;
  const error = type ? new NativeTypeError(message) : new HostError(message);
  if (error.name !== name) hide(error, 'name', name);
  defineProperty(error, 'code', { __proto__: null, value: code, writable: true, enumerable: true, configurable: true } as PropertyDescriptor);
  new Stamp(error, id);
  return error;
}

findHostErrorsBy((error) => Stamp.idOf(error));
