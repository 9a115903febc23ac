// What JsRun gives a function beside the request.

export interface TestContext {
  readonly params: Record<string, string>;
  readonly requestId: string;
  readonly user: unknown;
  readonly clientAddress: string | null;
  waitUntil(promise: unknown): void;
  /** Waits for all that waitUntil was given. */
  settled(): Promise<void>;
}

/** Creates the third argument of a function's fetch. */
export function context({ params = {}, requestId = 'test', user = null, clientAddress = null }: Partial<Pick<TestContext, 'params' | 'requestId' | 'user' | 'clientAddress'>> = {}): TestContext {
  const waiting: unknown[] = [];
  return {
    params,
    requestId,
    user,
    clientAddress,
    waitUntil(promise) {
      // A rejection is settled()'s; nobody else need handle it.
      void Promise.resolve(promise).catch(() => {});
      waiting.push(promise);
    },
    async settled() {
      for (let i = 0; i < waiting.length; i++) await waiting[i];
    },
  };
}
