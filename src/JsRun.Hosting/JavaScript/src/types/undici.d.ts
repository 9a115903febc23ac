declare module 'undici/lib/web/fetch/formdata.js' {
  class FormData {
    append(name: string, value: unknown, filename?: string): void;
    [Symbol.iterator](): IterableIterator<[string, unknown]>;
  }
  const module: { FormData: typeof FormData; setFormDataState(form: FormData, entries: unknown[]): void };
  export default module;
}

declare module 'undici/lib/web/fetch/headers.js' {
  export class HeadersList {
    cookies: string[] | null;
    sortedMap: unknown;
    headersMap: Map<string, { name: string; value: string }>;
    append(name: string, value: string, isLowerCase: boolean): void;
    get(name: string, isLowerCase: boolean): string | null;
    contains(name: string, isLowerCase: boolean): boolean;
    delete(name: string, isLowerCase: boolean): void;
  }
  export class Headers {}
  const module: { Headers: typeof Headers; HeadersList: typeof HeadersList };
  export default module;
}

declare module 'undici/lib/web/fetch/request.js' {
  import type { HeadersList } from 'undici/lib/web/fetch/headers.js';

  export interface InnerRequest {
    method: string;
    url: { href: string; hash: string };
    urlList: { href: string; hash: string }[];
    headersList: HeadersList;
    body: unknown;
    redirect: 'follow' | 'error' | 'manual';
    integrity: string;
    mode: string;
  }
  export class Request {
    constructor(input: unknown, init?: unknown);
    readonly signal: object;
  }
  const module: {
    Request: typeof Request;
    makeRequest(init: object): InnerRequest;
    fromInnerRequest(inner: InnerRequest, dispatcher: undefined, signal: object, guard: string): Request;
    getRequestState(request: Request): InnerRequest;
  };
  export default module;
}

declare module 'undici/lib/web/fetch/response.js' {
  import type { HeadersList } from 'undici/lib/web/fetch/headers.js';

  export interface InnerResponse {
    type: string;
    status: number;
    statusText: string;
    headersList: HeadersList;
    urlList: { href: string; hash: string }[];
    body: unknown;
  }
  export class Response {
    constructor(body?: unknown, init?: unknown);
    readonly status: number;
    arrayBuffer(): Promise<ArrayBuffer>;
    clone(): Response;
  }
  const module: {
    Response: typeof Response;
    makeResponse(init: object): InnerResponse;
    fromInnerResponse(inner: InnerResponse, guard: string): Response;
    getResponseState(response: Response): InnerResponse;
  };
  export default module;
}
