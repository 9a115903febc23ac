// Encoding: TextEncoderStream and TextDecoderStream.
import { TransformStream } from '../streams/streams.ts';
import { defineInterface } from '../webidl/interface.ts';
import { TextDecoder, toBytes } from './text-decoder.ts';
import { encodeUtf8 } from './utf8.ts';

export class TextDecoderStream {
  #decoder: TextDecoder;
  #transform: TransformStream<unknown, string>;

  constructor(label: string = 'utf-8', options: { fatal?: boolean; ignoreBOM?: boolean } | undefined = undefined) {
    const decoder = this.#decoder = new TextDecoder(label, options);
    this.#transform = new TransformStream({
      transform(chunk, controller) {
        const text = decoder.decode(toBytes(chunk), { stream: true });
        if (text !== '') controller.enqueue(text);
      },
      flush(controller) {
        const text = decoder.decode();
        if (text !== '') controller.enqueue(text);
      },
    });
  }

  get encoding() { return this.#decoder.encoding; }
  get fatal() { return this.#decoder.fatal; }
  get ignoreBOM() { return this.#decoder.ignoreBOM; }
  get readable() { return this.#transform.readable; }
  get writable() { return this.#transform.writable; }
}
defineInterface(TextDecoderStream, 'TextDecoderStream');

export class TextEncoderStream {
  #transform: TransformStream<unknown, Uint8Array>;

  constructor() {
    /** A high surrogate that ended a chunk: its low half may begin the next. */
    let high = '';
    this.#transform = new TransformStream({
      transform(chunk, controller) {
        let text = high + String(chunk);
        if (text === '') return;
        const last = text.charCodeAt(text.length - 1);
        high = last >= 0xd800 && last < 0xdc00 ? text.slice(-1) : '';
        if (high !== '') text = text.slice(0, -1);
        if (text !== '') controller.enqueue(encodeUtf8(text));
      },
      flush(controller) {
        if (high !== '') controller.enqueue(encodeUtf8('\uFFFD'));
      },
    });
  }

  get encoding() { return this.#transform && 'utf-8'; }
  get readable() { return this.#transform.readable; }
  get writable() { return this.#transform.writable; }
}
defineInterface(TextEncoderStream, 'TextEncoderStream');
