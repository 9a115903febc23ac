// The parts of undici's fetch/util.js that its Headers, Request, Response and FormData use. The whole of it is only evaluated for MIME types.
import { mixinPairIterable } from '../../webidl/pair-iterator.ts';
import { settingsObject } from './base-url.ts';
import coreUtil from './core-util.ts';

const headerValue = /^[^\0\r\n]*$/;
const reasonPhrase = /^[\t\x20-\x7e\x80-\xff]*$/;
const edge = /^[\t ]|[\t ]$/;

interface Origin { protocol: string; hostname: string; port: string; origin?: string }

export default {
  isValidHTTPToken: coreUtil.isValidHTTPToken,
  isValidHeaderName: coreUtil.isValidHTTPToken,
  isValidHeaderValue: (value: string) => headerValue.test(value) && !edge.test(value),
  isValidReasonPhrase: (text: string) => reasonPhrase.test(text),
  isErrorLike: (value: unknown) => value instanceof Error,
  isAborted: () => false,
  isCancelled: () => false,
  sameOrigin: (a: Origin, b: Origin) => a.protocol === b.protocol && a.hostname === b.hostname && a.port === b.port,
  environmentSettingsObject: { settingsObject },

  iteratorMixin(name: string, target: { prototype: object }, pairsOf: (target: object) => object[], key: PropertyKey = 0, value: PropertyKey = 1) {
    const brand = (self: unknown) => {
      if (!(self instanceof (target as unknown as new () => object))) throw new TypeError('Illegal invocation');
    };
    mixinPairIterable(target, name, brand, pairsOf, key, value);
    for (const member of ['entries', 'keys', 'values', 'forEach']) Object.defineProperty(target.prototype, member, { enumerable: true });
  },
};
