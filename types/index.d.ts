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
/// <reference path="testing.d.ts" />

/** The values of the section `JsRun:Env`. */
export type Env = Readonly<Record<string, string>>;

/** Who sent a request: the claims of the identities that ASP.NET Core has authenticated. */
export interface User {
  /** The user's name, by the claim that the identity takes it from. */
  readonly name: string | null;
  /** How the user was authenticated, such as `Bearer` or `Cookies`. */
  readonly authenticationType: string | null;
  /** The user's roles, by the claims that the identity takes them from. */
  readonly roles: readonly string[];
  /** All claims by their type: a string, or an array if the user has several of a type. */
  readonly claims: Readonly<Record<string, string | readonly string[]>>;
}

/** What a function gets beside the request. */
export interface Context<Params extends Record<string, string> = Record<string, string>> {
  /** The values of the route's parameters: `users/[id].ts` finds `id` here. */
  readonly params: Readonly<Params>;
  /** The request's identity in the server's log. */
  readonly requestId: string;
  /** Who sent the request, `null` if nobody is authenticated. It is there if `JsRun:Functions:ExposeCaller` is `true`. */
  readonly user?: User | null;
  /** The address of the client, `null` if it is not known. It is there if `JsRun:Functions:ExposeCaller` is `true`. */
  readonly clientAddress?: string | null;
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
