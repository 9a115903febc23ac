/** What a function gets beside the request. Types only: nothing of this file is left at run time. */
export interface Context {
  /** The values of the route's parameters: `users/[id].ts` finds `id` here. */
  readonly params: Readonly<Record<string, string>>;
  /** The request's identity in the server's log. */
  readonly requestId: string;
  /** Work that goes on after the response. */
  waitUntil(promise: Promise<unknown>): void;
}

/** The values of the section `JsRun:Env`. */
export type Env = Readonly<Record<string, string>>;

/** The default export of a module that is a function. */
export interface EdgeFunction {
  fetch(request: Request, env: Env, ctx: Context): Response | Promise<Response>;
}
