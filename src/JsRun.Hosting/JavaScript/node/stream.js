// node:stream: readable-stream, with the conversions to the streams of the web.
import base from 'readable-stream/lib/stream.js';
import { Buffer } from './buffer.js';

export const { Readable, Writable, Duplex, Transform, PassThrough, pipeline, finished, addAbortSignal, compose, destroy, isDisturbed, isErrored, promises } = base;
export { base as Stream };
export const isReadable = (stream) => stream?.readable === true && stream.destroyed !== true;
export const isWritable = (stream) => stream?.writable === true && stream.destroyed !== true;
let bytesHighWaterMark = 65_536;
let objectsHighWaterMark = 16;
export const getDefaultHighWaterMark = (objectMode) => objectMode ? objectsHighWaterMark : bytesHighWaterMark;
export const setDefaultHighWaterMark = (objectMode, value) => {
  if (objectMode) objectsHighWaterMark = value;
  else bytesHighWaterMark = value;
};

Readable.fromWeb = (web, options) => {
  const reader = web.getReader();
  return new Readable({
    ...options,
    read() {
      reader.read().then(({ done, value }) => { this.push(done ? null : options?.objectMode || typeof value === 'string' ? value : Buffer.from(value.buffer, value.byteOffset, value.byteLength)); }, (error) => { this.destroy(error); });
    },
    destroy(error, callback) { reader.cancel(error).then(() => { callback(error); }, () => { callback(error); }); },
  });
};

Readable.toWeb = (readable) => {
  const isObjects = readable.readableObjectMode;
  return new ReadableStream({
    start(controller) {
      readable.pause();
      readable.on('data', (chunk) => {
        controller.enqueue(!isObjects && Buffer.isBuffer(chunk) ? new Uint8Array(chunk) : chunk);
        if (controller.desiredSize <= 0) readable.pause();
      });
      finished(readable, { writable: false }, (error) => {
        if (error) controller.error(error);
        else try { controller.close(); } catch { /* canceled before */ }
      });
    },
    pull() { readable.resume(); },
    cancel(reason) { readable.destroy(reason instanceof Error ? reason : undefined); },
  }, { highWaterMark: isObjects ? readable.readableHighWaterMark : 0 });
};

Writable.fromWeb = (web, options) => {
  const writer = web.getWriter();
  return new Writable({
    ...options,
    write(chunk, _encoding, callback) { writer.ready.then(() => writer.write(chunk)).then(() => { callback(); }, callback); },
    final(callback) { writer.close().then(() => { callback(); }, callback); },
    destroy(error, callback) {
      if (error) writer.abort(error).then(() => { callback(error); }, () => { callback(error); });
      else callback(error);
    },
  });
};

Writable.toWeb = (writable) => new WritableStream({
  write: (chunk) => new Promise((resolve, reject) => { writable.write(chunk, (error) => { if (error) reject(error); else resolve(); }); }),
  close: () => new Promise((resolve, reject) => { finished(writable, { readable: false }, (error) => { if (error) reject(error); else resolve(); }); writable.end(); }),
  abort(reason) { writable.destroy(reason instanceof Error ? reason : undefined); },
});

Duplex.fromWeb = ({ readable, writable }, options) => Duplex.from({ readable: Readable.fromWeb(readable, options), writable: Writable.fromWeb(writable, options) });
Duplex.toWeb = (duplex) => ({ readable: Readable.toWeb(duplex), writable: Writable.toWeb(duplex) });
Object.assign(base, { isReadable, isWritable, getDefaultHighWaterMark, setDefaultHighWaterMark });

export default base;
