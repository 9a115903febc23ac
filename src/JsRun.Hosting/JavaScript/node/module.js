import { notImplementedError } from './lib/not-implemented.js';

export const builtinModules = ('assert assert/strict async_hooks buffer child_process cluster console crypto dgram diagnostics_channel dns dns/promises events fs fs/promises http http2 https inspector module net os path path/posix path/win32 perf_hooks process punycode '
  + 'querystring readline repl stream stream/consumers stream/promises stream/web string_decoder sys timers timers/promises tls trace_events tty url util util/types v8 vm wasi worker_threads zlib').split(' ');
export const isBuiltin = (name) => builtinModules.includes(`${name}`.replace(/^node:/, ''));
/** A bundle's helper for `require`, which it makes and seldom calls. */
export const createRequire = () => Object.assign((name) => { throw notImplementedError('module.require', `'${name}' is known when it is called only. Import it, and bundle`); }, { resolve: (name) => name });
export default { builtinModules, isBuiltin, createRequire };
