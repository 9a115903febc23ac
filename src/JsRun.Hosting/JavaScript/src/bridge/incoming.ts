// The Request that a handler receives. Its headers, URL and body are parsed when the handler first reads them.
import { NONE } from '../kernel/ops.ts';
import { Body } from '../web/fetch/body.ts';
import { createRequest, hasNoBody, HeaderList, type Request, requestOf } from '../web/fetch/classes.ts';
import type { RequestUrl } from '../web/fetch/request-url.ts';
import type { Lease } from './lease.ts';
import { Source } from '../web/bodies/source.ts';

export function createIncomingRequest(method: string, url: RequestUrl, flatHeaders: string, source: number, lease: Lease): Request {
  const inner = createRequest(method, url, HeaderList.ofFlat(flatHeaders));
  if (source !== NONE) {
    inner.body = new Body(new Source(source));
    inner.body.anyMethod = hasNoBody(method);
  }
  return requestOf(inner, lease);
}
