// Fetch: all exports of the classes Headers, Request and Response, and of what they are made of.
export { FormData } from './form-data.ts';
export { HeaderList } from './header-list.ts';
export { Headers } from './headers.ts';
export { createRequest, hasNoBody, type InnerRequest, innerRequest, Request, requestOf } from './request.ts';
export { type InnerResponse, innerResponse, Response, responseOf } from './response.ts';
