import { Event, type EventInit } from '../dom/event.ts';
import { defineInterface, requireArguments } from '../webidl/interface.ts';

interface ErrorEventInit extends EventInit { message?: string; filename?: string; lineno?: number; colno?: number; error?: unknown }

export class ErrorEvent extends Event {
  #message: string;
  #filename: string;
  #lineno: number;
  #colno: number;
  #error: unknown;

  constructor(type: string, init: ErrorEventInit | undefined = undefined) {
    requireArguments(arguments.length, 1, 'ErrorEvent');
    super(type, init);
    this.#message = `${init?.message ?? ''}`;
    this.#filename = `${init?.filename ?? ''}`;
    this.#lineno = Number(init?.lineno ?? 0) >>> 0;
    this.#colno = Number(init?.colno ?? 0) >>> 0;
    this.#error = init?.error;
  }

  get message() { return this.#message; }
  get filename() { return this.#filename; }
  get lineno() { return this.#lineno; }
  get colno() { return this.#colno; }
  get error() { return this.#error; }
}
defineInterface(ErrorEvent, 'ErrorEvent');
