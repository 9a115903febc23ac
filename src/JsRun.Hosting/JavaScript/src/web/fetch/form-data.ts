// XMLHttpRequest: FormData.
import { type Blob, isBlob } from '../file/blob.ts';
import { File } from '../file/file.ts';
import { defineInterface, requireArguments } from '../webidl/interface.ts';
import { mixinPairIterable } from '../webidl/pair-iterator.ts';

export type Entry = [name: string, value: string | File];

export let entriesOf: (form: FormData) => Entry[];
export let isFormData: (value: unknown) => value is FormData;

export class FormData {
  #entries: Entry[] = [];

  constructor(form: undefined = undefined) {
    if (form !== undefined) throw new TypeError('FormData: the argument is not an HTMLFormElement; there are none here');
  }

  static {
    entriesOf = (form) => form.#entries;
    isFormData = (value): value is FormData => typeof value === 'object' && value !== null && #entries in value;
  }

  append(name: string, value: string | Blob, filename: string | undefined = undefined): void {
    requireArguments(arguments.length, 2, 'FormData.append');
    const entry = entryOf('FormData.append', name, value, arguments.length > 2, filename);
    this.#entries.push(entry);
  }

  delete(name: string): void {
    requireArguments(arguments.length, 1, 'FormData.delete');
    const key = usvString(name);
    this.#entries = this.#entries.filter((entry) => entry[0] !== key);
  }

  get(name: string): string | File | null {
    requireArguments(arguments.length, 1, 'FormData.get');
    const key = usvString(name);
    return this.#entries.find((entry) => entry[0] === key)?.[1] ?? null;
  }

  getAll(name: string): (string | File)[] {
    requireArguments(arguments.length, 1, 'FormData.getAll');
    const key = usvString(name);
    return this.#entries.filter((entry) => entry[0] === key).map(([, value]) => value);
  }

  has(name: string): boolean {
    requireArguments(arguments.length, 1, 'FormData.has');
    const key = usvString(name);
    return this.#entries.some((entry) => entry[0] === key);
  }

  set(name: string, value: string | Blob, filename: string | undefined = undefined): void {
    requireArguments(arguments.length, 2, 'FormData.set');
    const entry = entryOf('FormData.set', name, value, arguments.length > 2, filename);
    const at = this.#entries.findIndex(([key]) => key === entry[0]);
    if (at < 0) {
      this.#entries.push(entry);
      return;
    }
    this.#entries[at] = entry;
    this.#entries = this.#entries.filter(([key], index) => index <= at || key !== entry[0]);
  }
}
mixinPairIterable(FormData, 'FormData', (value) => { entriesOf(value as FormData); }, (form) => entriesOf(form));
defineInterface(FormData, 'FormData');

const usvString = (value: unknown): string => `${value as string}`.toWellFormed();

function entryOf(what: string, name: unknown, value: unknown, named: boolean, filename: unknown): Entry {
  const key = usvString(name);
  if (!isBlob(value)) {
    if (named) throw new TypeError(`${what}: with a filename the value must be a Blob`);
    return [key, usvString(value)];
  }
  const given = filename === undefined ? undefined : usvString(filename);
  if (value instanceof File) return [key, given === undefined ? value : new File([value], given, { type: value.type, lastModified: value.lastModified })];
  return [key, new File([value], given ?? 'blob', { type: value.type })];
}
