import { defineInterface, requireArguments } from '../webidl/interface.ts';
import { Blob, type BlobOptions } from './blob.ts';

export class File extends Blob {
  #name: string;
  #lastModified: number;

  constructor(parts: Iterable<unknown>, name: string, options: BlobOptions & { lastModified?: number } | undefined = undefined) {
    requireArguments(arguments.length, 2, 'File');
    if (parts === undefined) throw new TypeError('File: the parts are not a sequence');
    super(parts, options);
    this.#name = `${name}`.toWellFormed();
    const modified = options?.lastModified;
    this.#lastModified = modified === undefined ? Date.now() : Math.trunc(Number(modified)) || 0;
  }

  get name(): string { return this.#name; }
  get lastModified(): number { return this.#lastModified; }
  get webkitRelativePath(): string { return this.#name && ''; }
}
defineInterface(File, 'File');
