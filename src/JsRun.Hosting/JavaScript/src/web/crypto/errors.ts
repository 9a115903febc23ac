// Web Crypto's errors.
import { DOMException } from '../webidl/dom-exception.ts';

type Name = 'NotSupportedError' | 'SyntaxError' | 'InvalidAccessError' | 'DataError' | 'OperationError';

export function fail(name: Name, message: string): never { throw new DOMException(message, name); }

export function unsupportedFormat(format: string, algorithm: string): never { fail('NotSupportedError', `The format ${format} is not supported for ${algorithm}`); }
