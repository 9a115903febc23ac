// Server-sent events, caches and broadcast channels.

interface EventSourceInit { withCredentials?: boolean }
interface EventSource extends EventTarget {
  readonly url: string;
  readonly withCredentials: boolean;
  readonly readyState: number;
  onopen: ((this: EventSource, event: Event) => any) | null;
  onmessage: ((this: EventSource, event: MessageEvent) => any) | null;
  onerror: ((this: EventSource, event: Event) => any) | null;
  close(): void;
  addEventListener(type: string, listener: ((this: EventSource, event: MessageEvent) => any) | EventListenerObject | null, options?: boolean | AddEventListenerOptions): void;
  removeEventListener(type: string, listener: ((this: EventSource, event: MessageEvent) => any) | EventListenerObject | null, options?: boolean | EventListenerOptions): void;
  readonly CONNECTING: 0;
  readonly OPEN: 1;
  readonly CLOSED: 2;
}
declare var EventSource: {
  prototype: EventSource;
  new (url: string | URL, init?: EventSourceInit): EventSource;
  readonly CONNECTING: 0;
  readonly OPEN: 1;
  readonly CLOSED: 2;
};

interface CacheQueryOptions { ignoreSearch?: boolean; ignoreMethod?: boolean; ignoreVary?: boolean }
interface MultiCacheQueryOptions extends CacheQueryOptions { cacheName?: string }
interface Cache {
  match(request: RequestInfo | URL, options?: CacheQueryOptions): Promise<Response | undefined>;
  matchAll(request?: RequestInfo | URL, options?: CacheQueryOptions): Promise<readonly Response[]>;
  add(request: RequestInfo | URL): Promise<void>;
  addAll(requests: Iterable<RequestInfo | URL>): Promise<void>;
  put(request: RequestInfo | URL, response: Response): Promise<void>;
  delete(request: RequestInfo | URL, options?: CacheQueryOptions): Promise<boolean>;
  keys(request?: RequestInfo | URL, options?: CacheQueryOptions): Promise<readonly Request[]>;
}
declare var Cache: { prototype: Cache };

interface CacheStorage {
  /** The cache of that name. Not in the standard. */
  readonly default: Cache;
  match(request: RequestInfo | URL, options?: MultiCacheQueryOptions): Promise<Response | undefined>;
  has(name: string): Promise<boolean>;
  open(name: string): Promise<Cache>;
  delete(name: string): Promise<boolean>;
  keys(): Promise<string[]>;
}
declare var CacheStorage: { prototype: CacheStorage };
declare var caches: CacheStorage;

interface BroadcastChannelEventMap { message: MessageEvent; messageerror: MessageEvent }
interface BroadcastChannel extends EventTarget {
  readonly name: string;
  onmessage: ((this: BroadcastChannel, event: MessageEvent) => any) | null;
  onmessageerror: ((this: BroadcastChannel, event: MessageEvent) => any) | null;
  postMessage(message: any): void;
  close(): void;
  addEventListener<K extends keyof BroadcastChannelEventMap>(type: K, listener: (this: BroadcastChannel, event: BroadcastChannelEventMap[K]) => any, options?: boolean | AddEventListenerOptions): void;
  addEventListener(type: string, listener: EventListenerOrEventListenerObject | null, options?: boolean | AddEventListenerOptions): void;
  removeEventListener<K extends keyof BroadcastChannelEventMap>(type: K, listener: (this: BroadcastChannel, event: BroadcastChannelEventMap[K]) => any, options?: boolean | EventListenerOptions): void;
  removeEventListener(type: string, listener: EventListenerOrEventListenerObject | null, options?: boolean | EventListenerOptions): void;
}
declare var BroadcastChannel: { prototype: BroadcastChannel; new (name: string): BroadcastChannel };
