// Answers instead of the network.
import { AssertionError } from './assertion-error.ts';
import { diffLines } from './diff.ts';
import { format } from './format.ts';
import { web, type RequestLike } from './globals.ts';

export interface FetchRule {
  /** Answers with a body, and a status (200) and headers. */
  respond(body?: unknown, init?: object): FetchRule;
  /** Answers with a value as JSON. */
  respondJson(value: unknown, init?: object): FetchRule;
  /** Answers with what the function gives. */
  reply(answer: (request: unknown) => unknown): FetchRule;
  /** Fails as if the network were down. */
  fail(message?: string): FetchRule;
  /** Allows that nobody sends such a request. */
  optional(): FetchRule;
}

export interface RecordedRequest { readonly method: string; readonly url: string; readonly headers: Record<string, string>; readonly body: string }

export interface FakeFetch {
  /** The requests in their order. */
  readonly requests: readonly RecordedRequest[];
  /** Adds a rule: its answers are given in turn, and the last is repeated. A rule that was added later comes first. */
  when(method: string, url: string | RegExp): FetchRule;
  /** Throws if a request came that no rule answers, or a rule answered none. It is called at the end of the test. */
  verify(): void;
  restore(): void;
}

interface Rule { method: string; url: string | RegExp; answers: ((request: unknown) => unknown)[]; used: number; optional: boolean }

let current: FakeFetch | undefined;

/** At the end of a test. */
export function verifyFetch(): void {
  current?.verify();
}

export function restoreFetch(): void {
  current?.restore();
}

/** Replaces fetch until the end of the test. */
export function fakeFetch(): FakeFetch {
  restoreFetch();
  const original = web.fetch;
  const rules: Rule[] = [];
  const requests: RecordedRequest[] = [];
  const unexpected: string[] = [];

  web.fetch = async (input, init) => {
    const request = new web.Request(input, init);
    requests.push({ method: request.method, url: request.url, headers: Object.fromEntries(request.headers), body: await request.clone().text() });
    const rule = rules.findLast((candidate) => answers(candidate, request));
    if (rule === undefined) {
      unexpected.push(`${request.method} ${request.url}`);
      throw new TypeError(`fetch failed: the test has no answer for ${request.method} ${request.url}.`);
    }
    const answer = rule.answers[Math.min(rule.used, rule.answers.length - 1)];
    rule.used++;
    return answer === undefined ? new web.Response() : await answer(request);
  };

  const fake: FakeFetch = {
    requests,
    when(method, url) {
      const rule: Rule = { method: method.toUpperCase(), url: typeof url === 'string' ? address(url) : url, answers: [], used: 0, optional: false };
      rules.push(rule);
      const chain = (answer: (request: unknown) => unknown): FetchRule => {
        rule.answers.push(answer);
        return self;
      };
      const self: FetchRule = {
        respond: (body, init) => chain(() => new web.Response(body, init)),
        respondJson: (value, init) => chain(() => web.Response.json(value, init)),
        reply: chain,
        fail: (message = 'the network is down') => chain(() => { throw new TypeError(`fetch failed: ${message}`); }),
        optional() {
          rule.optional = true;
          return self;
        },
      };
      return self;
    },
    verify() {
      const unused = rules.filter((rule) => rule.used === 0 && !rule.optional).map(describe);
      if (unexpected.length > 0) throw new AssertionError(`A request was sent that the test does not expect.\n\n- expected\n+ actual\n\n${diffLines([...new Set(rules.map(describe))].join('\n'), unexpected.join('\n'))}`);
      if (unused.length > 0) throw new AssertionError(`Nobody sent ${unused.join(', ')}.`);
    },
    restore() {
      web.fetch = original;
      if (current === fake) current = undefined;
    },
  };
  current = fake;
  return fake;
}

const answers = (rule: Rule, request: RequestLike): boolean => (rule.method === '*' || rule.method === request.method)
  && (typeof rule.url === 'string' ? rule.url === request.url : new RegExp(rule.url.source, rule.url.flags.replace(/[gy]/g, '')).test(request.url));

/** As a request shows it, such as with a slash behind the host. */
const address = (url: string): string => new web.Request(url).url;

const describe = (rule: Rule): string => `${rule.method} ${typeof rule.url === 'string' ? rule.url : format(rule.url)}`;
