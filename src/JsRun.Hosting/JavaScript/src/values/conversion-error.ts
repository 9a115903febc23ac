// The reason why a value cannot cross. User code never sees this error itself, but the TypeError that `toPlatform` makes of it.
import { NativeTypeError } from '../kernel/intrinsics.ts';

export class ConversionError {
  readonly #message: string;
  readonly #cause: { thrown: unknown } | undefined;

  /** @param cause what user code threw while its value was read, if it did */
  constructor(message: string, cause?: { thrown: unknown }) {
    this.#message = message;
    this.#cause = cause;
  }

  static is(value: unknown): value is ConversionError {
    return typeof value === 'object' && value !== null && #message in value;
  }

  static message(error: ConversionError): string { return error.#message; }

  static cause(error: ConversionError): { thrown: unknown } | undefined { return error.#cause; }

  /** The error that user code sees. */
  static toTypeError(error: ConversionError): TypeError {
    const result = new NativeTypeError(error.#message);
    return result;
  }
}
