// Fetch: fetch(). Redirects are followed here, hop by hop, so that the host checks permission and counts each of them.
import { NativePromise, ours, test } from '../../kernel/intrinsics.ts';
import { type Caller, callerHere, withCaller } from '../../kernel/caller.ts';
import { type AbortSignal, onAbort } from '../dom/abort-signal.ts';
import { Body } from './body.ts';
import { HeaderList, type InnerRequest, innerRequest, type InnerResponse, Request, type Response, responseOf } from './classes.ts';
import { checkIntegrity } from './integrity.ts';
import { RequestUrl } from './request-url.ts';
import { hasNullBody, isRedirect } from './response.ts';
import { URL } from '../url/url.ts';
import { fetchLocal } from './fetch-local.ts';
import { type Answer, Hop } from './hop.ts';

const MOST_REDIRECTS = 20;
/** Headers that describe a body, for redirects that drop the body, and headers that another origin must not see. */
const bodyHeaders = ['content-encoding', 'content-language', 'content-location', 'content-type', 'content-length'];
const secretHeaders = ['authorization', 'proxy-authorization', 'cookie', 'host'];
const network = /^https?:/;

interface Held {
  inner: InnerResponse;
}

export function fetch(input: unknown, init: object | undefined = undefined): Promise<Response> {
  // A mistake in the arguments rejects the promise at once, and not after a microtask.
  try {
    if (arguments.length < 1) throw new TypeError('fetch: 1 argument required, but only 0 present');
    const request = new Request(input, init as undefined);
    const { signal } = request;
    const state = innerRequest(request)!;
    if (signal.aborted) {
      cancelBody(state.body, signal.reason);
      throw signal.reason;
    }
    return send(state, signal, callerHere());
  } catch (error) {
    return NativePromise.reject(error);
  }
}

async function send(state: InnerRequest, signal: AbortSignal, caller: Caller): Promise<Response> {
  // In an object without a prototype: a promise reads `then` of the value that it is resolved with, and a `then` that user code has put on Object.prototype must not see the inner response.
  const { inner } = await ours(new NativePromise<Held>((resolve, reject) => {
    const hold = (response: InnerResponse) => { resolve({ __proto__: null, inner: response } as unknown as Held); };
    if (test(network, state.url.href)) {
      new Operation(state, signal, hold, reject, caller).start();
    } else {
      hold(fetchLocal(state));
    }
  }));
  if (state.integrity !== '') await checkIntegrity(inner, state.integrity, signal);
  return responseOf(inner, 'immutable');
}

function cancelBody(body: Body | null, reason: unknown): void {
  if (body !== null && !body.unusable) void body.stream.cancel(reason).catch(() => {});
}

class Operation {
  readonly #request: InnerRequest;
  readonly #signal: AbortSignal;
  readonly #resolve: (response: InnerResponse) => void;
  readonly #reject: (reason: unknown) => void;
  readonly #headers: HeaderList;
  #url: RequestUrl;
  #redirects = 0;
  #method: string;
  #body: Body | null;
  #hop: Hop | undefined;
  readonly #caller: Caller;

  constructor(request: InnerRequest, signal: AbortSignal, resolve: (response: InnerResponse) => void, reject: (reason: unknown) => void, caller: Caller) {
    this.#request = request;
    this.#caller = caller;
    this.#signal = signal;
    this.#resolve = resolve;
    this.#reject = reject;
    this.#url = request.url;
    this.#method = request.method;
    this.#body = request.body;
    this.#headers = request.headerList.copy();
  }

  start(): void {
    for (const [name, value] of [['accept', '*/*'], ['accept-language', '*'], ['user-agent', 'JsRun']] as const) {
      if (!this.#headers.has(name)) this.#headers.append(name, value);
    }
    // The signal also aborts the reading of the response's body.
    onAbort(this.#signal, () => { this.#abort(); });
    this.#send();
  }

  #abort(): void {
    const { reason } = this.#signal;
    this.#reject(reason);
    if (this.#hop !== undefined) this.#hop.abort(reason);
    else cancelBody(this.#body, reason);
  }

  #send(): void {
    this.#hop = new Hop(this.#method, this.#url.hrefWithoutFragment, this.#headers, this.#body, (answer) => {
      try {
        this.#answered(answer);
      } catch (error) {
        this.#hop!.abort(error);
        this.#fail(error);
      }
    }, (error) => { this.#fail(error); });
  }

  #fail(error: unknown): void { this.#reject(withCaller(error, this.#caller)); }

  #answered(answer: Answer): void {
    const { redirect } = this.#request;
    const headerList = HeaderList.ofFlat(answer.headers);
    if (isRedirect(answer.status) && redirect !== 'manual') {
      if (redirect === 'error') throw new TypeError(`fetch failed: ${this.#url.href} answered with a redirect (${answer.status}), and the request's redirect mode is "error"`);
      const location = headerList.get('location');
      if (location !== null) {
        answer.source?.cancel();
        this.#follow(answer.status, location);
        return;
      }
    }
    let body: Body | null = null;
    if (hasNullBody(answer.status) || this.#method === 'HEAD') answer.source?.cancel();
    else if (answer.source !== undefined) body = new Body(answer.source);
    this.#resolve({ type: 'basic', status: answer.status, statusText: answer.statusText, url: this.#url, redirected: this.#redirects > 0, headerList, body });
  }

  #follow(status: number, location: string): void {
    const from = this.#url.url;
    if (++this.#redirects > MOST_REDIRECTS) throw new TypeError(`fetch failed: more than ${MOST_REDIRECTS} redirects`);
    const to = URL.parse(location, from);
    if (to === null || !test(network, to.protocol)) throw new TypeError(`fetch failed: ${from.href} redirects to "${location}", which is not an http or https URL`);
    if (to.hash === '') to.hash = from.hash;
    if (status === 303 ? this.#method !== 'GET' && this.#method !== 'HEAD' : status <= 302 && this.#method === 'POST') {
      this.#method = 'GET';
      this.#body = null;
      this.#drop(bodyHeaders);
    } else if (this.#body !== null) {
      if (this.#body.source === null) throw new TypeError(`fetch failed: ${from.href} redirects with status ${status}, and the request's body is a stream that cannot be sent again`);
      this.#body = new Body(this.#body.source);
    }
    if (to.origin !== from.origin) this.#drop(secretHeaders);
    this.#url = RequestUrl.of(to);
    this.#send();
  }

  #drop(names: string[]): void {
    for (const name of names) this.#headers.delete(name);
  }
}
