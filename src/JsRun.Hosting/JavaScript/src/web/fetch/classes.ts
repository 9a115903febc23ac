// Fetch: the classes, and what lies beneath them.
export { FormData } from './form-data.ts';
export { HeaderList } from './header-list.ts';
export { Headers } from './headers.ts';
export { createRequest, hasNoBody, type InnerRequest, innerRequest, Request, requestOf } from './request.ts';
export { type InnerResponse, innerResponse, Response, responseOf } from './response.ts';
