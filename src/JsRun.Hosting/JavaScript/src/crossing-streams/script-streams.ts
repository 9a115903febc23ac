// Streams of JavaScript that the host reads, one chunk at a time, so that a stream is not pulled further than the host reads. This module is in the chunk of the Streams API itself (lazy.mjs),
// because before that is evaluated there is no stream.
import { onEntry } from '../kernel/entries.ts';
import { createTable, settle, then } from '../kernel/intrinsics.ts';
import { EntryOp } from '../kernel/ops.ts';
import { answer, answerThrown } from '../values/answer.ts';
import { keepInstances } from '../values/classify.ts';
import { decode } from '../values/decode.ts';
import { onReference } from '../values/references.ts';
import type { Payload } from '../values/wire.ts';
import { cancelReader, cancelStream, getReader, isReadableStream, read, ReadableStream, type ReadableStreamDefaultReader } from '../web/streams/streams.ts';

interface Held { stream: ReadableStream; reader: ReadableStreamDefaultReader | undefined }

const SCRIPT_STREAM = 'S';
const held = createTable<Held>();
let last = 0;

keepInstances(ReadableStream.prototype, SCRIPT_STREAM, (value) => {
  if (!isReadableStream(value)) return undefined;
  held[++last] = { stream: value, reader: undefined };
  return last;
});
onReference(SCRIPT_STREAM, { find: (id) => held[id]?.stream, forget: (id) => { delete held[id]; } });

/** The answer is a list that holds the chunk, or nothing at the end. */
onEntry(EntryOp.StreamRead, (call: number, id: number) => {
  const found = held[id];
  if (found === undefined) return answer(call, []);
  try {
    // The stream is locked here and not when it is sent: a script may go on using a stream that it has passed to the host, until the host reads it.
    found.reader ??= getReader(found.stream);
  } catch (error) {
    delete held[id];
    return answerThrown(call, error);
  }
  settle(read(found.reader), (result) => {
    const { done, value } = result as { done: boolean; value: unknown };
    if (done) delete held[id];
    answer(call, done ? [] : [value]);
  }, (error) => {
    delete held[id];
    answerThrown(call, error);
  });
});

onEntry(EntryOp.StreamCancel, (id: number, reason: Payload) => {
  const found = held[id];
  if (found === undefined) return;
  delete held[id];
  const value = decode(reason);
  const ignore = () => { /* the host does not wait for the outcome of a cancellation */ };
  then(found.reader === undefined ? cancelStream(found.stream, value) : cancelReader(found.reader, value), ignore, ignore);
});
