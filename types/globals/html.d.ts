// HTML: the global object, timers, messages, errors, structured cloning.

type BufferSource = ArrayBufferView<ArrayBuffer> | ArrayBuffer;
type AllowSharedBufferSource = ArrayBufferView<ArrayBufferLike> | ArrayBufferLike;
type Transferable = ArrayBuffer | MessagePort | ReadableStream | WritableStream | TransformStream;
interface StructuredSerializeOptions { transfer?: Iterable<Transferable> }

interface ErrorEventInit extends EventInit { message?: string; filename?: string; lineno?: number; colno?: number; error?: any }
interface ErrorEvent extends Event {
  readonly message: string;
  readonly filename: string;
  readonly lineno: number;
  readonly colno: number;
  readonly error: any;
}
declare var ErrorEvent: { prototype: ErrorEvent; new (type: string, init?: ErrorEventInit): ErrorEvent };

interface PromiseRejectionEventInit extends EventInit { promise: Promise<any>; reason?: any }
interface PromiseRejectionEvent extends Event {
  readonly promise: Promise<any>;
  readonly reason: any;
}
declare var PromiseRejectionEvent: { prototype: PromiseRejectionEvent; new (type: string, init: PromiseRejectionEventInit): PromiseRejectionEvent };

interface MessageEventInit<T = any> extends EventInit { data?: T; origin?: string; lastEventId?: string; source?: MessagePort | null; ports?: Iterable<MessagePort> }
interface MessageEvent<T = any> extends Event {
  readonly data: T;
  readonly origin: string;
  readonly lastEventId: string;
  readonly source: MessagePort | null;
  readonly ports: readonly MessagePort[];
  /** @deprecated */
  initMessageEvent(type: string, bubbles?: boolean, cancelable?: boolean, data?: any, origin?: string, lastEventId?: string, source?: MessagePort | null, ports?: Iterable<MessagePort>): void;
}
declare var MessageEvent: { prototype: MessageEvent; new <T>(type: string, init?: MessageEventInit<T>): MessageEvent<T> };

interface MessagePortEventMap { message: MessageEvent; messageerror: MessageEvent; close: Event }
interface MessagePort extends EventTarget {
  onmessage: ((this: MessagePort, event: MessageEvent) => any) | null;
  onmessageerror: ((this: MessagePort, event: MessageEvent) => any) | null;
  onclose: ((this: MessagePort, event: Event) => any) | null;
  postMessage(message: any, transfer: Iterable<Transferable>): void;
  postMessage(message: any, options?: StructuredSerializeOptions): void;
  start(): void;
  close(): void;
  addEventListener<K extends keyof MessagePortEventMap>(type: K, listener: (this: MessagePort, event: MessagePortEventMap[K]) => any, options?: boolean | AddEventListenerOptions): void;
  addEventListener(type: string, listener: EventListenerOrEventListenerObject | null, options?: boolean | AddEventListenerOptions): void;
  removeEventListener<K extends keyof MessagePortEventMap>(type: K, listener: (this: MessagePort, event: MessagePortEventMap[K]) => any, options?: boolean | EventListenerOptions): void;
  removeEventListener(type: string, listener: EventListenerOrEventListenerObject | null, options?: boolean | EventListenerOptions): void;
}
declare var MessagePort: { prototype: MessagePort };

interface MessageChannel {
  readonly port1: MessagePort;
  readonly port2: MessagePort;
}
declare var MessageChannel: { prototype: MessageChannel; new (): MessageChannel };

interface Navigator { readonly userAgent: string }
declare var Navigator: { prototype: Navigator };
declare var navigator: Navigator;

interface GlobalEventMap { error: ErrorEvent; unhandledrejection: PromiseRejectionEvent; rejectionhandled: PromiseRejectionEvent }
declare var self: typeof globalThis;
declare var onerror: ((message: string, filename: string, lineno: number, colno: number, error: any) => any) | null;
declare var onunhandledrejection: ((event: PromiseRejectionEvent) => any) | null;
declare var onrejectionhandled: ((event: PromiseRejectionEvent) => any) | null;
declare function addEventListener<K extends keyof GlobalEventMap>(type: K, listener: (event: GlobalEventMap[K]) => any, options?: boolean | AddEventListenerOptions): void;
declare function addEventListener(type: string, listener: EventListenerOrEventListenerObject | null, options?: boolean | AddEventListenerOptions): void;
declare function removeEventListener<K extends keyof GlobalEventMap>(type: K, listener: (event: GlobalEventMap[K]) => any, options?: boolean | EventListenerOptions): void;
declare function removeEventListener(type: string, listener: EventListenerOrEventListenerObject | null, options?: boolean | EventListenerOptions): void;
declare function dispatchEvent(event: Event): boolean;
declare function reportError(error: any): void;

declare function setTimeout<Values extends any[]>(handler: (...values: Values) => void, timeout?: number, ...values: Values): number;
declare function setInterval<Values extends any[]>(handler: (...values: Values) => void, timeout?: number, ...values: Values): number;
declare function clearTimeout(id?: number): void;
declare function clearInterval(id?: number): void;
declare function queueMicrotask(callback: () => void): void;
declare function structuredClone<T = any>(value: T, options?: StructuredSerializeOptions): T;
declare function atob(data: string): string;
declare function btoa(data: string): string;
