// Fetch: undici's classes and what lies beneath them. Response before Request: it defines converters that Request reads when it is evaluated.
import headers from 'undici/lib/web/fetch/headers.js';
import type { HeadersList as List } from 'undici/lib/web/fetch/headers.js';
import response from 'undici/lib/web/fetch/response.js';
import request from 'undici/lib/web/fetch/request.js';
import type { Body } from './body.ts';
import { FormData } from './form-data.ts';

const inspect = Symbol.for('nodejs.util.inspect.custom');

export const { Headers, HeadersList } = headers;
export const { Request, fromInnerRequest, getRequestState, makeRequest } = request;
export const { Response, fromInnerResponse, getResponseState, makeResponse } = response;
export { FormData };

export type Request = InstanceType<typeof request.Request>;
export type Response = InstanceType<typeof response.Response>;
export type HeadersList = List;
export type InnerRequest = Omit<ReturnType<typeof getRequestState>, 'body'> & { body: Body | null };
export type InnerResponse = Omit<ReturnType<typeof getResponseState>, 'body'> & { body?: Body | null };

// undici sees to their members; bundling may have changed their names.
for (const [name, type] of Object.entries({ Headers, Request, Response, FormData })) {
  Object.defineProperty(type, 'name', { value: name, configurable: true });
  Reflect.deleteProperty(type.prototype, inspect);
}
