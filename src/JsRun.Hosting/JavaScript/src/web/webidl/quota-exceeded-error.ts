// WebIDL: QuotaExceededError, a DOMException with the quota and the amount that was requested.
import { DOMException } from './dom-exception.ts';
import { defineInterface, dictionary } from './interface.ts';

interface Options { quota?: number | null; requested?: number | null }

function amount(value: unknown, what: string): number | null {
  if (value === undefined || value === null) return null;
  const number = +(value as number);
  if (!Number.isFinite(number)) throw new TypeError(`QuotaExceededError: ${what} is not a finite number`);
  if (number < 0) throw new RangeError(`QuotaExceededError: ${what} is negative`);
  return number;
}

export class QuotaExceededError extends DOMException {
  readonly #quota: number | null;
  readonly #requested: number | null;

  constructor(message: unknown = '', options: Options = {}) {
    super(message, 'QuotaExceededError');
    const { quota, requested } = dictionary(options, 'QuotaExceededError: options');
    this.#quota = amount(quota, 'quota');
    this.#requested = amount(requested, 'requested');
    if (this.#quota !== null && this.#requested !== null && this.#requested < this.#quota) throw new RangeError('QuotaExceededError: requested is less than quota');
  }

  get quota(): number | null { return this.#quota; }
  get requested(): number | null { return this.#requested; }
}
defineInterface(QuotaExceededError, 'QuotaExceededError');
