// WebAssembly Web API: compileStreaming and instantiateStreaming, over the whole body.
import { innerResponse, type Response } from '../fetch/classes.ts';
import { mimeTypeOf, serializeMimeType } from '../fetch/mime-type.ts';

interface Namespace {
  compile(bytes: ArrayBuffer): Promise<object>;
  instantiate(bytes: ArrayBuffer, imports?: object): Promise<object>;
}

async function bytesOf(source: unknown): Promise<ArrayBuffer> {
  const response = await source as Response;
  const state = innerResponse(response);
  if (state === undefined) throw new TypeError('WebAssembly: the source is neither a Response nor a promise of one');
  const type = mimeTypeOf(state.headerList);
  const text = type === undefined ? '' : serializeMimeType(type);
  if (text !== 'application/wasm') throw new TypeError(`WebAssembly: the response has the content type "${text}" instead of application/wasm`);
  if (response.status < 200 || response.status > 299) throw new TypeError(`WebAssembly: the response has the status ${response.status}`);
  return response.arrayBuffer();
}

/** Adds the methods to the namespace. They call its `compile` and `instantiate`, which the contained surface replaces. */
export function addStreaming(namespace: Namespace): void {
  const members = {
    async compileStreaming(source: unknown) { return namespace.compile(await bytesOf(source)); },
    async instantiateStreaming(source: unknown, imports: object | undefined = undefined) { return namespace.instantiate(await bytesOf(source), imports); },
  };
  Object.assign(namespace, members);
}
