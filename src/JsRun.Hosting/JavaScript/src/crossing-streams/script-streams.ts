// Streams of JavaScript that the host reads: it pulls one chunk at a time, so a stream is asked for no more than somebody wants. Of the same room as the streams themselves (lazy.mjs): none
// is there before.
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

/** The answer is a list: of the chunk, or of nothing at the end. */
onEntry(EntryOp.StreamRead, (call: number, id: number) => {
  const found = held[id];
  if (found === undefined) return answer(call, []);
  try {
    // Here and not earlier: a script may pass a stream on that it goes on using, until somebody reads it.
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
  const nobody = () => { /* whoever cancels does not want to know */ };
  then(found.reader === undefined ? cancelStream(found.stream, value) : cancelReader(found.reader, value), nobody, nobody);
});
