// Streams of the host that JavaScript reads. Each read pulls one item; nothing is pulled before. A stream that the host sends again is the same object as before, as long as it is open.
import { Source } from '../web/bodies/source.ts';
import { toHostError } from '../bindings/host-error.ts';
import { onEntry } from '../kernel/entries.ts';
import { host } from '../kernel/host.ts';
import { createTable, NativePromise, NativeTypeError } from '../kernel/intrinsics.ts';
import { EntryOp, HostOp, HostStreamState } from '../kernel/ops.ts';
import { ConversionError } from '../values/conversion-error.ts';
import { decode } from '../values/decode.ts';
import { onReference } from '../values/references.ts';
import type { Payload } from '../values/wire.ts';
import { ReadableStream } from '../web/streams/streams.ts';

interface Controller { enqueue(item: unknown): void; close(): void; error(reason: unknown): void }
interface Open { stream: ReadableStream; controller: Controller; pulled: (() => void) | undefined }

const VALUES = 'V';
const BYTES = 'Y';
const values = createTable<Open>();
const bytes = createTable<ReadableStream>();

function openValues(id: number): ReadableStream {
  const open = {} as Open;
  open.stream = new ReadableStream({
    start: (controller) => { open.controller = controller as unknown as Controller; },
    pull: () => new NativePromise<void>((resolve) => {
      open.pulled = resolve;
      host(HostOp.HostStreamPull, id);
    }),
    cancel: () => {
      delete values[id];
      host(HostOp.HostStreamCancel, id);
    },
  }, { highWaterMark: 0 });
  values[id] = open;
  return open.stream;
}

function openBytes(id: number): ReadableStream {
  const source = host(HostOp.HostStreamOpen, id) as number;
  if (source < 0) throw new ConversionError('Stream has been closed');
  return bytes[id] = new Source(source).stream() as ReadableStream;
}

/** Called when the host sends the first stream. */
export function ownHostStreams(): void {
  onReference(VALUES, { find: (id) => values[id]?.stream ?? openValues(id), forget: () => { /* the host tells when it ends */ } });
  onReference(BYTES, { find: (id) => bytes[id] ?? openBytes(id), forget: () => { /* the host tells when it ends */ } });
  onEntry(EntryOp.HostStreamItem, takeItem);
}

function takeItem(id: number, state: HostStreamState, payload: Payload): void {
  if (state === HostStreamState.BytesEnded) {
    delete bytes[id];
    return;
  }
  const open = values[id];
  if (open === undefined) return;
  const { controller, pulled } = open;
  open.pulled = undefined;
  if (state !== HostStreamState.Item) delete values[id];
  switch (state) {
    case HostStreamState.Item: controller.enqueue(decode(payload)); break;
    case HostStreamState.End: controller.close(); break;
    case HostStreamState.Closed: controller.error(new NativeTypeError('Stream has been closed')); break;
    default: controller.error(toHostError(payload as string));
  }
  pulled?.();
}
