// Prepares a handler's response for the crossing: short text and bytes cross whole, everything else as a stream.
import { NativeTypeError } from '../kernel/intrinsics.ts';
import { BodyKind, NONE } from '../kernel/ops.ts';
import { type InnerResponse, innerResponse } from '../web/fetch/classes.ts';
import { Parts } from '../web/bodies/parts.ts';
import type { ReadableStream } from '../web/streams/streams.ts';
import { LongText } from '../web/bodies/long-text.ts';
import { Source } from '../web/bodies/source.ts';

/** The longest body that crosses whole, in code units or bytes: it waits in the host's memory until the client has read it. */
const LONGEST = 1024 * 1024;

export interface Outgoing {
  status: number;
  statusText: string;
  headers: string;
  kind: BodyKind;
  body: undefined | string | Uint8Array | Source | Parts | LongText | ReadableStream;
  /** The length of a stream in bytes; negative if it is not known. */
  length: number;
}

/** Throws a TypeError that says what to return if the value is not a Response that can be sent. */
export function takeResponse(value: unknown): Outgoing {
  const state = stateOf(value);
  if (state.type === 'error') throw new NativeTypeError('The handler returned Response.error(), which stands for a network error: return a Response with a status');
  if (state.status < 200) throw new NativeTypeError(`The handler returned a Response with status ${state.status}, which cannot be sent: protocol upgrades are not supported`);
  const outgoing: Outgoing = { status: state.status, statusText: state.statusText, headers: state.headerList.flat(), kind: BodyKind.None, body: undefined, length: NONE };
  const { body } = state;
  if (body === null) return outgoing;
  if (body.unusable) throw new NativeTypeError('The handler returned a Response whose body was already read or is locked: return it unread, or return response.clone()');
  const content = body.take();
  if (typeof content === 'string' && content.length <= LONGEST) {
    outgoing.kind = BodyKind.Text;
    outgoing.body = content;
  } else if (content instanceof Uint8Array && content.length <= LONGEST) {
    outgoing.kind = BodyKind.Bytes;
    outgoing.body = content;
  } else {
    outgoing.kind = BodyKind.Stream;
    const stream = typeof content === 'string' ? new LongText(content) : content instanceof Uint8Array ? new Parts([content]) : content ?? body.stream;
    outgoing.body = stream;
    if (stream instanceof LongText || stream instanceof Parts) outgoing.length = stream.length;
  }
  return outgoing;
}

function stateOf(value: unknown): InnerResponse {
  const state = innerResponse(value);
  if (state !== undefined) return state;
  throw new NativeTypeError(`The handler returned ${nameOf(value)}: return a Response, or a promise of one (for instance "return new Response('Hello')")`);
}

function nameOf(value: unknown): string {
  if (value === undefined || value === null) return `${value as null}`;
  return typeof value === 'object' ? 'an object that is not a Response' : typeof value === 'string' ? 'a string' : `a ${typeof value}`;
}
