import { Buffer } from '../buffer.js';

export async function buffer(stream) {
  const parts = [];
  for await (const part of stream) parts.push(typeof part === 'string' ? Buffer.from(part) : part);
  return Buffer.concat(parts);
}
export const text = async (stream) => new TextDecoder().decode(await buffer(stream));
export const json = async (stream) => JSON.parse(await text(stream));
export const arrayBuffer = async (stream) => new Uint8Array(await buffer(stream)).buffer;
export const blob = async (stream) => new Blob([await buffer(stream)]);
export default { buffer, text, json, arrayBuffer, blob };
