// Fetch: fetch(). Redirects are followed here, hop by hop, so that the host checks permission and counts each of them.
import { type AbortSignal, onAbort } from '../web/dom/abort-signal.ts';
import { Body } from '../web/fetch/body.ts';
import { fromInnerResponse, getRequestState, HeadersList, type InnerRequest, makeResponse, Request, type Response } from '../web/fetch/classes.ts';
import { URL } from '../web/url/url.ts';
import { fetchLocal } from './fetch-local.ts';
import { type Answer, Hop } from './hop.ts';
import { lazyHeaders } from './headers.ts';

const MOST_REDIRECTS = 20;
const redirects = new Set([301, 302, 303, 307, 308]);
const withoutBody = new Set([101, 103, 204, 205, 304]);
/** What describes a body that a redirect drops, and what another origin must not see. */
const bodyHeaders = ['content-encoding', 'content-language', 'content-location', 'content-type', 'content-length'];
const secretHeaders = ['authorization', 'proxy-authorization', 'cookie', 'host'];

export async function fetch(input: unknown, init: unknown = undefined): Promise<Response> {
  if (arguments.length < 1) throw new TypeError('fetch: 1 argument required, but only 0 present');
  const request = new Request(input, init);
  const state = getRequestState(request) as InnerRequest;
  const signal = request.signal as AbortSignal;
  const url = new URL(state.url.href);
  if (state.integrity !== '') throw new TypeError('fetch: the integrity option is not supported');
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    signal.throwIfAborted();
    return fetchLocal(state, url);
  }
  return new Promise((resolve, reject) => { new Operation(state, url, signal, resolve, reject).start(); });
}

class Operation {
  readonly #request: InnerRequest;
  readonly #signal: AbortSignal;
  readonly #resolve: (response: Response) => void;
  readonly #reject: (reason: unknown) => void;
  readonly #urls: URL[];
  readonly #headers: HeadersList;
  #method: string;
  #body: Body | null;
  #hop: Hop | undefined;

  constructor(request: InnerRequest, url: URL, signal: AbortSignal, resolve: (response: Response) => void, reject: (reason: unknown) => void) {
    this.#request = request;
    this.#signal = signal;
    this.#resolve = resolve;
    this.#reject = reject;
    this.#urls = [url];
    this.#method = request.method;
    this.#body = request.body;
    this.#headers = new (HeadersList as unknown as new (init: HeadersList) => HeadersList)(request.headersList);
  }

  start(): void {
    for (const [name, value] of [['accept', '*/*'], ['accept-language', '*'], ['user-agent', 'JsRun']] as const) {
      if (!this.#headers.contains(name, true)) this.#headers.append(name, value, true);
    }
    // Also while the response's body is read: until then the signal counts.
    const listening = onAbort(this.#signal, () => { this.#abort(); });
    if (listening === false) this.#abort();
    else this.#send();
  }

  #abort(): void {
    const { reason } = this.#signal;
    this.#reject(reason);
    if (this.#hop !== undefined) this.#hop.abort(reason);
    else if (this.#body !== null && !this.#body.unusable) void this.#body.stream.cancel(reason).catch(() => {});
  }

  get #url(): URL { return this.#urls.at(-1)!; }

  #send(): void {
    this.#hop = new Hop(this.#method, this.#url, this.#headers, this.#body, (answer) => {
      try {
        this.#answered(answer);
      } catch (error) {
        this.#hop!.abort(error);
        this.#reject(error);
      }
    }, (error) => { this.#reject(error); });
  }

  #answered(answer: Answer): void {
    const headers = lazyHeaders(answer.headers);
    const { redirect } = this.#request;
    if (redirects.has(answer.status) && redirect !== 'manual') {
      if (redirect === 'error') throw new TypeError(`fetch failed: ${this.#url.href} answered with a redirect (${answer.status}), and the request's redirect mode is "error"`);
      const location = headers.get('location', true);
      if (location !== null) {
        answer.source?.cancel();
        this.#follow(answer.status, location);
        return;
      }
    }
    let body: Body | null = null;
    if (withoutBody.has(answer.status) || this.#method === 'HEAD') answer.source?.cancel();
    else if (answer.source !== undefined) body = new Body(answer.source);
    const response = Object.assign(makeResponse({}), { type: 'basic', status: answer.status, statusText: answer.statusText, urlList: this.#urls, headersList: headers, body });
    this.#resolve(fromInnerResponse(response, 'immutable'));
  }

  #follow(status: number, location: string): void {
    const from = this.#url;
    if (this.#urls.length > MOST_REDIRECTS) throw new TypeError(`fetch failed: more than ${MOST_REDIRECTS} redirects`);
    const to = URL.parse(location, from);
    if (to === null || to.protocol !== 'http:' && to.protocol !== 'https:') throw new TypeError(`fetch failed: ${from.href} redirects to "${location}", which is not an http or https URL`);
    if (to.hash === '') to.hash = from.hash;
    if (status === 303 ? this.#method !== 'GET' && this.#method !== 'HEAD' : status <= 302 && this.#method === 'POST') {
      this.#method = 'GET';
      this.#body = null;
      this.#drop(bodyHeaders);
    } else if (this.#body !== null) {
      if (this.#body.source === null) throw new TypeError(`fetch failed: ${from.href} redirects with status ${status}, and the request's body is a stream that cannot be sent again`);
      this.#body = new Body(this.#body.source as string | Uint8Array<ArrayBuffer>);
    }
    if (to.origin !== from.origin) this.#drop(secretHeaders);
    this.#urls.push(to);
    this.#send();
  }

  #drop(names: string[]): void {
    for (const name of names) this.#headers.delete(name, true);
  }
}

