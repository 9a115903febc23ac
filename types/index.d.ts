/// <reference path="globals/dom.d.ts" />
/// <reference path="globals/html.d.ts" />
/// <reference path="globals/fetch.d.ts" />
/// <reference path="globals/network.d.ts" />
/// <reference path="globals/file.d.ts" />
/// <reference path="globals/streams.d.ts" />
/// <reference path="globals/encoding.d.ts" />
/// <reference path="globals/url.d.ts" />
/// <reference path="globals/websockets.d.ts" />
/// <reference path="globals/crypto.d.ts" />
/// <reference path="globals/performance.d.ts" />
/// <reference path="globals/console.d.ts" />
/// <reference path="globals/webassembly.d.ts" />
/// <reference path="globals/jsrun.d.ts" />

/** The values of the section `JsRun:Env`. */
export type Env = Readonly<Record<string, string>>;

/** What a function gets beside the request. */
export interface Context<Params extends Record<string, string> = Record<string, string>> {
  /** The values of the route's parameters: `users/[id].ts` finds `id` here. */
  readonly params: Readonly<Params>;
  /** The request's identity in the server's log. */
  readonly requestId: string;
  /** Work that goes on after the response: the context lives until the promise settles, or until `Limits:IdleTimeout`. */
  waitUntil(promise: Promise<unknown>): void;
}

/**
 * The default export of a module that is a function:
 * `export default { fetch(request, env, ctx) { … } } satisfies EdgeFunction;`
 */
export interface EdgeFunction<TEnv = Env, Params extends Record<string, string> = Record<string, string>> {
  fetch(request: Request, env: TEnv, ctx: Context<Params>): Response | Promise<Response>;
}
