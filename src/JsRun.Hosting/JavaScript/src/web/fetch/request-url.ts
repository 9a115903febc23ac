// Fetch: the URL of a request or a response. It is parsed when that is needed.
import { exec, indexOf, toNumber } from '../../kernel/intrinsics.ts';
import type { Blob } from '../file/blob.ts';
import { blobOfUrl } from '../url/blob-url.ts';
import { isCanonical } from '../url/canonical.ts';
import { URL } from '../url/url.ts';
import { baseUrl } from '../url/base-url.ts';

const octet = '(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])';
/** A domain whose last label begins with a letter (others may be numbers), or an IPv4 address. */
const usualHost = new RegExp(`^https?://((?:[a-z0-9-]+\\.)*[a-z][a-z0-9-]*|${octet}(?:\\.${octet}){3})(?::([0-9]{1,5}))?/`);

export class RequestUrl {
  #text: string;
  #url: URL | undefined;
  /** Whether the text is in the form in which the parser would serialize it. */
  #checked: boolean;
  /** The blob of a blob: URL at the time when it was parsed, even if the URL is revoked later. */
  blob: Blob | undefined;

  private constructor(text: string, url: URL | undefined, checked: boolean) {
    this.#text = text;
    this.#url = url;
    this.#checked = checked;
  }

  /** A URL from the host. */
  static ofHost(text: string): RequestUrl { return new RequestUrl(text, undefined, false); }

  /** The URL that a client requested; undefined if its host is invalid. Only the host can make it invalid, so nothing else is parsed if the host has a usual form. */
  static ofClient(text: string): RequestUrl | undefined {
    const parts = exec(usualHost, text);
    if (parts !== null && indexOf(parts[1]!, 'xn--') < 0 && toNumber(parts[2] ?? 0) <= 65535) return RequestUrl.ofHost(text);
    const url = URL.parse(text);
    return url === null ? undefined : RequestUrl.of(url);
  }

  static of(url: URL): RequestUrl { return new RequestUrl(url.href, url, true); }

  /** Parses text, which may be relative to a base; undefined if it is invalid. */
  static parse(text: string): RequestUrl | undefined {
    if (isCanonical(text)) return new RequestUrl(text, undefined, true);
    const url = URL.parse(text, baseUrl()?.href);
    if (url === null) return undefined;
    const result = RequestUrl.of(url);
    if (url.protocol === 'blob:') result.blob = blobOfUrl(url.href);
    return result;
  }

  get href(): string {
    if (!this.#checked) {
      this.#checked = true;
      if (!isCanonical(this.#text)) this.#text = this.url.href;
    }
    return this.#text;
  }

  get url(): URL { return this.#url ??= new URL(this.#text); }

  get hasCredentials(): boolean {
    if (this.#checked && this.#url === undefined) return false;
    return this.url.username !== '' || this.url.password !== '';
  }

  get hrefWithoutFragment(): string {
    const { href } = this;
    const hash = href.indexOf('#');
    return hash < 0 ? href : href.slice(0, hash);
  }
}
