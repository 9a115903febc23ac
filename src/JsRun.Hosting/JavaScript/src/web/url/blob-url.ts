// File API: URL.createObjectURL. The map lives as long as the instance.
import { perInstance } from '../../kernel/instances.ts';
import { host } from '../../kernel/host.ts';
import { HostOp } from '../../kernel/ops.ts';
import { baseUrl } from './base-url.ts';
import { type Blob, isBlob } from '../file/blob.ts';

const blobs = perInstance(() => new Map<string, Blob>());

/** The blob behind a `blob:` URL, its fragment ignored. */
export function blobOfUrl(url: string): Blob | undefined {
  const hash = url.indexOf('#');
  return blobs().get(hash < 0 ? url : url.slice(0, hash));
}

export function createObjectURL(blob: Blob): string {
  if (!isBlob(blob)) throw new TypeError('URL.createObjectURL: the argument is not a Blob');
  const url = `blob:${baseUrl()?.origin ?? 'null'}/${host(HostOp.RandomUuid) as string}`;
  blobs().set(url, blob);
  return url;
}

export function revokeObjectURL(url: string): void {
  blobs().delete(`${url}`);
}
