// Fetch: the members of Request and Response that read the body.
import { decodeUtf8 } from '../encoding/utf8.ts';
import { ofBytes } from '../file/blob.ts';
import type { ReadableStream } from '../streams/streams.ts';
import { parseUrlencodedString } from '../url/urlencoded.ts';
import type { Body } from './body.ts';
import { entriesOf, FormData } from './form-data.ts';
import type { HeaderList } from './header-list.ts';
import { type MimeType, mimeTypeOf, serializeMimeType } from './mime-type.ts';
import { MultipartParser } from './multipart-parser.ts';

export interface BodyOwner { body: Body | null; headerList: HeaderList }

export interface BodyMembers {
  readonly body: ReadableStream | null;
  readonly bodyUsed: boolean;
  arrayBuffer(): Promise<ArrayBuffer>;
  blob(): Promise<Blob>;
  bytes(): Promise<Uint8Array<ArrayBuffer>>;
  formData(): Promise<FormData>;
  json(): Promise<unknown>;
  text(): Promise<string>;
}

/** The body, or undefined if there is none. Throws if the body is not usable. */
function usable({ body }: BodyOwner): Body | undefined {
  if (body === null) return undefined;
  // The reason of an aborted fetch is thrown at once, on each call.
  if (body.failure !== undefined) throw body.failure.reason;
  if (body.unusable) throw new TypeError('Body is unusable: it was already read, or its stream is locked');
  return body;
}

/** `ownerOf` throws if its argument is not an instance. */
export function mixinBody(target: { prototype: object }, ownerOf: (self: unknown) => BodyOwner): void {
  const members = {
    get body() { return ownerOf(this).body?.stream ?? null; },
    get bodyUsed() { return ownerOf(this).body?.used ?? false; },
    async arrayBuffer() { return (await usable(ownerOf(this))?.bytes() ?? new Uint8Array()).buffer; },
    async blob() {
      const owner = ownerOf(this);
      const bytes = await usable(owner)?.bytes() ?? new Uint8Array();
      const type = mimeTypeOf(owner.headerList);
      return ofBytes(bytes.slice(), type === undefined ? '' : serializeMimeType(type));
    },
    async bytes() { return await usable(ownerOf(this))?.bytes() ?? new Uint8Array(); },
    async formData() {
      const owner = ownerOf(this);
      // Awaited, so that the stack of an error names the waiting function.
      return await readForm(usable(owner), mimeTypeOf(owner.headerList));
    },
    async json() { return JSON.parse(await usable(ownerOf(this))?.text() ?? '') as unknown; },
    async text() { return await usable(ownerOf(this))?.text() ?? ''; },
  };
  Object.defineProperties(target.prototype, Object.getOwnPropertyDescriptors(members));
}

async function readForm(body: Body | undefined, type: MimeType | undefined): Promise<FormData> {
  const form = new FormData();
  const entries = entriesOf(form);
  if (type?.essence === 'multipart/form-data') {
    const boundary = type.parameters.get('boundary');
    if (boundary === undefined) throw new TypeError('The body is not a form: its content type multipart/form-data has no boundary');
    const parser = new MultipartParser(boundary);
    await body?.each((chunk) => { parser.write(chunk); });
    parser.end();
    entries.push(...parser.entries);
  } else if (type?.essence === 'application/x-www-form-urlencoded') {
    for (const pair of parseUrlencodedString(decodeUtf8((await body?.whole())?.bytes ?? new Uint8Array()))) entries.push(pair);
  } else {
    // An error of the body itself comes first.
    await body?.whole();
    throw new TypeError(`The body is not a form: its content type is ${type === undefined ? 'missing or invalid' : `"${type.essence}"`} instead of multipart/form-data or application/x-www-form-urlencoded`);
  }
  return form;
}
