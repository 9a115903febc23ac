// The object `process`. Nothing in it is the host's.
import EventEmitter from '../events.js';
import { env } from './environment.js';
import { invalidArgument, plainError, requireFunction } from './errors.js';
import { notImplemented } from './not-implemented.js';
import { VERSION } from './versions.js';

const { queueMicrotask, performance } = globalThis;
const NANOSECONDS = 1_000_000_000;

class Output extends EventEmitter {
  writable = true;
  isTTY = false;
  columns = 80;
  fd;
  #rest = '';
  #level;

  constructor(fd, level) {
    super();
    this.fd = fd;
    this.#level = level;
  }

  /** Lines go to the console when they are whole. */
  write(chunk, encoding, callback) {
    this.#rest += typeof chunk === 'string' ? chunk : new TextDecoder().decode(chunk);
    const lines = this.#rest.split('\n');
    this.#rest = lines.pop();
    for (const line of lines) console[this.#level]('%s', line);
    const done = typeof encoding === 'function' ? encoding : callback;
    if (done !== undefined) queueMicrotask(() => { done(null); });
    return true;
  }

  end(chunk, ...rest) {
    if (chunk !== undefined && typeof chunk !== 'function') this.write(chunk);
    if (this.#rest !== '') this.write('\n');
    rest.findLast((value) => typeof value === 'function')?.();
    return this;
  }

  getColorDepth() { return 1; }
  hasColors() { return false; }
  getWindowSize() { return [80, 24]; }
  cork() { /* lines are written at once */ }
  uncork() { /* likewise */ }
  destroy() { return this; }
}

let umask = 0o22;
let outputs;
const output = (name) => (outputs ??= { stdout: new Output(1, 'log'), stderr: new Output(2, 'error') })[name];

class Process extends EventEmitter {
  title = 'node';
  version = `v${VERSION}`;
  versions = { node: VERSION, v8: '12.4.254.21-node.21', uv: '1.49.1', zlib: '1.3.0.1', modules: '127', openssl: '3.0.15' };
  release = { name: 'node', lts: 'Jod' };
  arch = 'x64';
  platform = 'linux';
  argv = ['/usr/bin/node', '/function'];
  argv0 = 'node';
  execArgv = [];
  execPath = '/usr/bin/node';
  pid = 1;
  ppid = 0;
  exitCode = undefined;
  features = { inspector: false, debug: false, uv: false, ipv6: true, tls_alpn: true, tls_sni: true, tls_ocsp: false, tls: true, typescript: false };
  config = { target_defaults: {}, variables: {} };
  env = env;
  browser = false;
  noDeprecation = false;
  allowedNodeEnvironmentFlags = new Set();

  get stdout() { return output('stdout'); }
  get stderr() { return output('stderr'); }
  get stdin() { return { fd: 0, isTTY: false, on() { return this; }, once() { return this; }, resume() { return this; }, pause() { return this; }, setEncoding() { return this; } }; }

  cwd() { return '/'; }

  nextTick(callback, ...args) {
    requireFunction(callback, 'callback');
    queueMicrotask(args.length === 0 ? callback : () => { callback(...args); });
  }

  hrtime(since) {
    const now = performance.now();
    let seconds = Math.floor(now / 1000);
    let nanoseconds = Math.floor(now % 1000 * 1_000_000);
    if (since !== undefined) {
      seconds -= since[0];
      nanoseconds -= since[1];
      if (nanoseconds < 0) {
        seconds--;
        nanoseconds += NANOSECONDS;
      }
    }
    return [seconds, nanoseconds];
  }

  uptime() { return performance.now() / 1000; }

  emitWarning(warning, type = 'Warning', code) {
    const options = typeof type === 'object' && type !== null ? type : { type, code };
    const error = typeof warning === 'string' ? new Error(warning) : warning;
    if (!(error instanceof Error)) throw invalidArgument('warning', 'of type string or an instance of Error', warning);
    if (typeof warning === 'string') error.name = typeof options.type === 'string' ? options.type : 'Warning';
    if (typeof options.code === 'string') error.code = options.code;
    if (error.name === 'DeprecationWarning' && this.noDeprecation) return;
    this.nextTick(() => {
      if (!this.emit('warning', error)) console.warn('%s', `(node) ${error.code === undefined ? '' : `[${error.code}] `}${error.name}: ${error.message}`);
    });
  }

  umask(mask) {
    const before = umask;
    if (mask !== undefined) umask = Number(mask) & 0o777;
    return before;
  }

  getuid() { return 1000; }
  geteuid() { return 1000; }
  getgid() { return 1000; }
  getegid() { return 1000; }
  getgroups() { return [1000]; }
  setUncaughtExceptionCaptureCallback() { /* what nobody catches is logged by the host */ }
  hasUncaughtExceptionCaptureCallback() { return false; }
  setSourceMapsEnabled() { /* the host maps positions itself */ }

  exit(code = this.exitCode) { throw plainError('ERR_JSRUN_EXIT', `process.exit(${code ?? 0}) was called: a function cannot end its process`); }
  abort() { throw plainError('ERR_JSRUN_EXIT', 'process.abort() was called: a function cannot end its process'); }
  kill() { throw plainError('EPERM', 'A function cannot signal processes'); }
  chdir() { throw plainError('ENOENT', 'A function has no folder to change'); }
  assert(value, message) { if (!value) throw new Error(message ?? 'assertion error'); }
}

const { prototype } = Process;
for (const name of ['memoryUsage', 'cpuUsage', 'resourceUsage', 'constrainedMemory', 'availableMemory', 'dlopen', 'loadEnvFile', 'initgroups', 'setuid', 'setgid', 'seteuid', 'setegid', 'setgroups', 'binding']) prototype[name] = notImplemented('process', name);
prototype.hrtime.bigint = () => BigInt(Math.floor(performance.now() * 1_000_000));
// Packages take its methods off.
for (const name of ['nextTick', 'emitWarning', 'hrtime', 'uptime', 'cwd']) {
  const method = prototype[name];
  prototype[name] = Object.assign(function (...args) { return Reflect.apply(method, process, args); }, method);
}
Object.defineProperty(prototype, Symbol.toStringTag, { value: 'process', configurable: true });

export const process = new Process();
