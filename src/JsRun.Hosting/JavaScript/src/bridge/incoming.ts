// The request that a handler gets: a genuine Request of which nothing is parsed before it is read.
import { NONE } from '../kernel/ops.ts';
import type { AbortSignal } from '../web/dom/abort-signal.ts';
import { Body } from '../web/fetch/body.ts';
import { fromInnerRequest, makeRequest, type Request } from '../web/fetch/classes.ts';
import { isCanonical } from '../web/url/canonical.ts';
import { URL } from '../web/url/url.ts';
import { lazyHeaders } from './headers.ts';
import { Source } from './source.ts';

/** As much of a URL as undici's Request looks at. */
class IncomingUrl {
  readonly #text: string;
  #href: string | undefined;

  constructor(text: string) { this.#text = text; }

  get href(): string { return this.#href ??= isCanonical(this.#text) ? this.#text : new URL(this.#text).href; }
  get hash(): string { return ''; }
}

export function createIncomingRequest(method: string, url: string, flatHeaders: string, source: number, signal: AbortSignal): Request {
  const inner = makeRequest({ method, urlList: [new IncomingUrl(url)], mode: 'cors' });
  inner.headersList = lazyHeaders(flatHeaders);
  if (source !== NONE) inner.body = new Body(new Source(source));
  return fromInnerRequest(inner, undefined, signal, 'request');
}
